package io.drainwatch.watcher.configuration;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L10: a configuration file that somebody wrote by hand, or overwrote with something else. */
class ConfigurationFuzzTest {
  private static final String FILE =
      """
      # ours
      drainwatch:
        vm-name: vm_0
        metadata: {timeout: 1500ms, poll-interval: 1s}
        hooks:
          drain: {timeout: 90s}
        windows:
          night: {from: "22:00", to: "04:00", days: [Mon, Tue]}
        policy:
          - {type: Reboot, window: night}
          - type: Freeze
            action: observe
        bosh: {enabled: true, jobs: [web, db], max-sleep: 7d}
        notifications:
          sinks:
            - {name: ops, kind: slack, url: "https://hooks.example.com/x"}
      """;

  @Test
  @DisplayName("L10 settings, or all faults at once; never an exception")
  void settingsOrFaults(@TempDir Path directory) {
    Path file = directory.resolve("drainwatch.yml");
    throwAt(
        60, // a file of thousands of unknown keys is compared with all that are known
        List.of(FILE),
        bytes -> {
          write(file, bytes);
          if (LoadedSettings.load(Optional.of(file), Map.of(), new Properties()).reading()
              instanceof Reading.Faults faults) {
            assertThat(faults.message()).isNotBlank();
          }
        });
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
