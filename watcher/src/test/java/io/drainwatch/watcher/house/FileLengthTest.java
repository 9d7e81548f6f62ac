package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    List<Path> found = new ArrayList<>();
    try (Stream<Path> inWatcher = Files.list(Repository.file("watcher"))) {
      Stream<Path> modules =
          Stream.concat(
              Stream.of(Repository.file("drainer"), Repository.file("watcher")), inWatcher);
      // not what is built: other tests make and delete files there meanwhile
      for (Path sources :
          modules.map(it -> it.resolve("src")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(sources)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
        }
      }
    }
    return found;
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
