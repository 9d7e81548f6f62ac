package io.drainwatch.watcher.simulator.scenario;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: scenarios that people write. */
class ScenarioFuzzTest {
  @Test
  @DisplayName("L10 a scenario, or its problems")
  void aScenarioOrItsProblems() throws IOException {
    throwAt(
        List.of(
            Files.readString(Path.of("../config/scenarios/flaky-metadata.yml")),
            Files.readString(Path.of("../config/scenarios/spot-during-reboot.yml"))),
        bytes -> {
          try {
            assertThat(ScenarioReader.read("fuzz", new String(bytes, UTF_8)).steps()).isNotEmpty();
          } catch (InvalidScenario e) {
            assertThat(String.valueOf(e.getMessage())).isNotBlank();
          }
        });
  }
}
