package io.drainwatch.watcher.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where Drainwatch is installed, or the clone it is run from; the launcher says so. */
final class Home {
  static final String VARIABLE = "DRAINWATCH_HOME";

  private Home() {}

  /** The sample hooks that come along. */
  static Optional<Path> sampleHooks(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault(VARIABLE, "")).toAbsolutePath();
    return List.of("config/hooks.d", "samples/hooks.d").stream()
        .map(home::resolve)
        .filter(Files::isDirectory)
        .findFirst();
  }
}
