package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that is longer has more than one idea. */
class FileLengthTest {
  private static final int MOST_LINES = 400;

  @Test
  void noSourceHasMoreThan400Lines() throws IOException {
    List<Path> all = sources();

    assertThat(all).as("what is looked at").hasSizeGreaterThan(1_000);
    assertThat(all).filteredOn(file -> lines(file) > MOST_LINES).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> drainer = Files.walk(Repository.file("drainer/src"));
        Stream<Path> watcher = Files.walk(Repository.file("watcher"))) {
      return Stream.concat(drainer, watcher)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
