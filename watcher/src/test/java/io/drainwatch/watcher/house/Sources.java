package io.drainwatch.watcher.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The text of every test and bench of the project. */
final class Sources {
  private static final List<Path> ROOTS =
      Stream.of(
              "drainer/src/test/java",
              "watcher/src/test/java",
              "watcher/src/bench/java",
              "watcher/image/src/test/java",
              "watcher/browser/src/test/java",
              "watcher/dist/src/test/java",
              "watcher/azure/src/test/java")
          .map(Repository::file)
          .toList();

  private Sources() {}

  /**
   * @param name of the class, as a regular expression
   */
  static List<String> named(String name) {
    return ROOTS.stream().flatMap(root -> named(root, name)).toList();
  }

  private static Stream<String> named(Path root, String name) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "\\.java"))
          .map(Sources::text)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
