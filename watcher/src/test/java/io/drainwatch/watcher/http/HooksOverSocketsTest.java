package io.drainwatch.watcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real script, from the event to status and metrics. */
class HooksOverSocketsTest {
  @TempDir Path directory;

  private Path hooks;
  private Path script;

  /** Below the build directory: a temporary directory is world-writable, no script there is run. */
  @BeforeEach
  void writeScript() throws IOException {
    hooks = Files.createTempDirectory(Path.of("target").toRealPath(), "hooks");
    Path drain = Files.createDirectory(hooks.resolve("drain"));
    script = Files.writeString(drain.resolve("10-leave"), "#!/bin/sh\nexit 3\n");
    for (Path path : List.of(hooks, drain, script)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @AfterEach
  void removeScript() throws IOException {
    try (Stream<Path> paths = Files.walk(hooks)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void tellsWhatBecameOfAScriptAndWhyTheDrainFailed() throws Exception {
    Optional<String> refusal = SafetyCheck.full().refuses(script).map(Object::toString);
    assumeTrue(refusal.isEmpty(), () -> "scripts cannot be run from here: " + refusal);
    try (Neighbourhood neighbourhood = new Neighbourhood(directory, hooks).start()) {
      neighbourhood.publishReboot();
      await().until(() -> neighbourhood.get("/maintenance").body().contains("\"failed\""));
      EpisodeStatus episode =
          StatusJson.readStatus(neighbourhood.get("/maintenance").body())
              .maintenance()
              .orElseThrow();
      assertThat(episode.drain().outcome()).isEqualTo("failed");
      assertThat(episode.drain().left()).containsExactly("drain/10-leave");
      assertThat(
              episode.hooks().stream()
                  .filter(hook -> hook.hook().equals("drain"))
                  .flatMap(hook -> hook.scripts().stream())
                  .map(EpisodeStatus.ScriptStanding::reason))
          .containsExactly(Optional.of("exit code 3"));
      assertThat(neighbourhood.get("/prometheus").body())
          .contains("drainwatch_hook_results_total{hook=\"drain\",result=\"failed\"} 1.0")
          .contains("drainwatch_hook_seconds_count{hook=\"drain\"} 1")
          .contains("drainwatch_drain_seconds_count{result=\"failed\"} 1")
          .contains("drainwatch_notices_total{reason=\"drain_failed\"} 1.0");
    }
  }
}
