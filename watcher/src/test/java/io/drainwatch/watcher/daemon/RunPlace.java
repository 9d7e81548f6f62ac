package io.drainwatch.watcher.daemon;

import static org.junit.jupiter.api.Assumptions.abort;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for a whole Drainwatch, scripts and all, that the real checks find safe. */
record RunPlace(Path directory) {
  private static final String CONFIGURATION =
      """
      drainwatch:
        metadata:
          url: %s
          poll-interval: 200ms
        state-dir: %s
        hooks:
          directories: [%s]
          recall: 1s
      micronaut:
        server:
          port: -1
      """;

  /** Skips the test where there is none. */
  static RunPlace find() {
    try {
      for (Path base : List.of(Path.of("target"), Path.of(System.getProperty("user.home")))) {
        if (Files.isWritable(base)) {
          RunPlace made =
              new RunPlace(
                  Files.createTempDirectory(base.toAbsolutePath(), "drainwatch-run-test-"));
          Path script = ScriptFixtures.in(made.directory()).hook(Hook.DRAIN, "10-a", "");
          if (SafetyCheck.full().refuses(script).isEmpty()) {
            return made;
          }
          made.delete();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return abort("others can write on the way to target/ and to the home");
  }

  void delete() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The file for {@code --config}. */
  static Path configuration(String metadataService, ScriptFixtures scripts) throws IOException {
    Path file = scripts.root().resolve("drainwatch.yml");
    return Files.writeString(
        file,
        CONFIGURATION.formatted(
            metadataService, scripts.root().resolve("state"), scripts.operator()));
  }
}
