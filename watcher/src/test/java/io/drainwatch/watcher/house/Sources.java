package io.drainwatch.watcher.house;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The text of every test and bench of the project, read once. */
final class Sources {
  private static final Map<Path, String> TEXTS =
      Stream.of(
              "drainer/src/test/java",
              "watcher/src/test/java",
              "watcher/src/bench/java",
              "watcher/image/src/test/java",
              "watcher/browser/src/test/java",
              "watcher/dist/src/test/java",
              "watcher/azure/src/test/java")
          .flatMap(root -> files(Repository.file(root)).stream())
          .collect(toMap(file -> file, Sources::text));

  private Sources() {}

  static List<String> named(String name) {
    return TEXTS.entrySet().stream()
        .filter(each -> each.getKey().endsWith(name + ".java"))
        .map(Map.Entry::getValue)
        .toList();
  }

  static List<String> all() {
    return List.copyOf(TEXTS.values());
  }

  /**
   * @param root as the repository has it
   */
  static Map<Path, String> below(String root) {
    Path directory = Repository.file(root);
    return TEXTS.entrySet().stream()
        .filter(each -> each.getKey().startsWith(directory))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
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
