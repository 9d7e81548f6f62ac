package io.drainwatch.watcher.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where Drainwatch is installed, or the clone it is run from. */
final class Home {
  private Home() {}

  private static Path path() {
    String home = System.getenv("DRAINWATCH_HOME");
    return home == null ? Path.of("").toAbsolutePath() : Path.of(home);
  }

  /** The sample hooks that come along. */
  static Optional<Path> sampleHooks() {
    return List.of("config/hooks.d", "samples/hooks.d").stream()
        .map(path()::resolve)
        .filter(Files::isDirectory)
        .findFirst();
  }
}
