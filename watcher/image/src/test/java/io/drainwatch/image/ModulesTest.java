package io.drainwatch.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.dist.JavaRuntime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ModulesTest {
  @Test
  void coverWhatTheJarsName() throws Exception {
    Path layers = Path.of(System.getProperty("image.directory"), "layers");
    List<Path> jars;
    try (Stream<Path> files = Files.walk(layers)) {
      jars =
          files
              .filter(file -> file.toString().matches(".*/lib/drainwatch/(lib|azure)/[^/]*\\.jar"))
              .toList();
    }
    List<String> ours =
        jars.stream().map(Path::toString).filter(jar -> jar.contains("/drainwatch-")).toList();
    String all = String.join(":", jars.stream().map(Path::toString).toList());
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    Stream<String> options =
        Stream.of(
            "--multi-release",
            "25",
            "--ignore-missing-deps",
            "--print-module-deps",
            "--class-path");
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                out,
                out,
                Stream.of(options, Stream.of(all), ours.stream())
                    .flatMap(each -> each)
                    .toArray(String[]::new));

    assertThat(code).as(said.toString()).isZero();
    assertThat(ours).hasSize(Boolean.getBoolean("image.with-azure") ? 3 : 2);
    List<String> found = Arrays.asList(said.toString().strip().split(",", -1));
    assertThat(found).contains("java.base");
    assertThat(JavaRuntime.MODULES).containsAll(found);
  }
}
