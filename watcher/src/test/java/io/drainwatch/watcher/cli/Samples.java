package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.scripts.ScriptFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in {@code config/examples}, copied to where the scripts may run. */
final class Samples {
  private Samples() {}

  static Path copy(String name, ScriptFixtures scripts) {
    Path from = directory().resolve(name);
    Path to = scripts.root().resolve(name);
    try {
      for (Path file : files(from)) {
        Path copy = to.resolve(from.relativize(file).toString());
        scripts.file(copy.getParent(), copy.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  /** Without what a run in place has left there. */
  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(directory.resolve("sys")))
          .sorted()
          .toList();
    }
  }

  /** The repository's directory: tests run in the module's directory or in the repository's. */
  private static Path directory() {
    Path here = Path.of("config", "examples").toAbsolutePath();
    return Files.exists(here) ? here : Path.of("..", "config", "examples").toAbsolutePath();
  }
}
