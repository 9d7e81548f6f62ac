package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of promises in ARCHITECTURE.md names tests; each of them must exist. */
class PromisesTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)\\.([a-z]\\w*)`");

  @Test
  void everyPromiseNamesATestThatExists() throws Exception {
    List<MatchResult> named =
        NAMED.matcher(Files.readString(Path.of("../ARCHITECTURE.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named)
        .allSatisfy(
            test ->
                assertThat(sources(test.group(1)))
                    .as(test.group())
                    .anyMatch(source -> source.contains("void " + test.group(2) + "(")));
  }

  @Test
  void everyIdOfTheScriptContractsIsATest() throws Exception {
    String all = String.join("\n", sources("\\w*"));

    for (int row = 1; row <= 24; row++) {
      assertThat(all).contains("\"H%02d ".formatted(row));
    }
    for (int row = 1; row <= 8; row++) {
      assertThat(all).containsIgnoringCase("c%02d ".formatted(row));
    }
  }

  private static List<String> sources(String name) throws Exception {
    try (Stream<Path> drainer = Files.walk(Path.of("../drainer/src/test/java"));
        Stream<Path> watcher = Files.walk(Path.of("src/test/java"));
        Stream<Path> image = Files.walk(Path.of("image/src/test/java"));
        Stream<Path> browser = Files.walk(Path.of("browser/src/test/java"));
        Stream<Path> dist = Files.walk(Path.of("dist/src/test/java"));
        Stream<Path> azure = Files.walk(Path.of("azure/src/test/java"))) {
      return Stream.of(drainer, watcher, image, browser, dist, azure)
          .flatMap(each -> each)
          .filter(file -> file.getFileName().toString().matches(name + "\\.java"))
          .map(PromisesTest::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
