package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ModulesTest {
  private final List<Path> jars = jars();

  private static List<Path> jars() {
    try {
      return Order.fromProperties().classPath();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String jdeps(List<String> options, List<Path> jars) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    List<String> arguments =
        new ArrayList<>(List.of("--multi-release", "25", "--ignore-missing-deps"));
    arguments.addAll(options);
    jars.forEach(jar -> arguments.add(jar.toString()));
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(out, out, arguments.toArray(new String[0]));
    assertThat(code).as(said.toString()).isZero();
    return said.toString();
  }

  @Test
  void coverWhatTheJarsName() {
    List<Path> ours =
        jars.stream()
            .filter(jar -> jar.getFileName().toString().startsWith("drainwatch-"))
            .toList();
    String all = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));

    String found = jdeps(List.of("--print-module-deps", "--class-path", all), ours);

    assertThat(ours).as("drainer, watcher, azure").hasSize(3);
    assertThat(JavaRuntime.MODULES)
        .containsAll(Arrays.asList(found.strip().split(",", -1)))
        .contains("java.base");
  }

  /** The others of java.desktop are not there: {@link BeansOnly}. */
  @Test
  void ofTheDesktopOnlyBeansAreUsed() {
    Set<String> users = new TreeSet<>();
    for (Path jar : jars) {
      jdeps(List.of("-verbose:package"), List.of(jar))
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("-> ") && line.endsWith(" java.desktop"))
          .map(line -> line.split("\\s+", -1)[1])
          .filter(used -> used.contains(".") && !used.equals("java.desktop"))
          .filter(used -> !used.equals("java.beans"))
          .forEach(used -> users.add(jar.getFileName() + " " + used));
    }

    // of mails and the clipboard; Quartz brings it, and never asks it for anything
    users.removeIf(user -> user.startsWith("jakarta.activation-api-"));
    assertThat(users).isEmpty();
  }
}
