package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ModulesTest {
  private final List<Path> jars = jars();

  private static List<Path> jars() {
    try {
      Order order = Order.fromProperties();
      return Stream.concat(order.classPath().stream(), order.azure().stream()).toList();
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
  void ofTheDesktopOnlyBeansAreUsed() throws Exception {
    Path desktop = Path.of(URI.create("jrt:/java.desktop"));
    Set<String> users = new TreeSet<>();
    for (Path jar : jars) {
      try (FileSystem content = FileSystems.newFileSystem(jar);
          Stream<Path> files = Files.walk(content.getPath("/"))) {
        for (Path each : files.filter(file -> file.toString().endsWith(".class")).toList()) {
          for (PoolEntry entry : ClassFile.of().parse(each).constantPool()) {
            if (entry instanceof ClassEntry type
                && !type.asInternalName().matches("java/beans/.*|module-info")
                && Files.exists(desktop.resolve(type.asInternalName() + ".class"))) {
              users.add(jar.getFileName() + " " + each + " " + type.asInternalName());
            }
          }
        }
      }
    }

    // of mails and the clipboard; Quartz brings it, and never asks it for anything
    users.removeIf(user -> user.startsWith("jakarta.activation-api-"));
    // a login in a browser, which is not among ours
    users.removeIf(user -> user.contains("/AcquireTokenByInteractiveFlowSupplier.class java/awt/"));
    assertThat(users).isEmpty();
  }
}
