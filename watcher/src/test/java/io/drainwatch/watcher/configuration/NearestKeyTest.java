package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestKeyTest {

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({
    "drainwatch.metadata.poll-intervall, drainwatch.metadata.poll-interval",
    "drainwatch.metadata.pollInterval, drainwatch.metadata.poll-interval",
    "drainwatch.metadata.poll_interval, drainwatch.metadata.poll-interval",
    "drainwatch.metdata.url, drainwatch.metadata.url",
    "drainwatch.dryrun, drainwatch.dry-run",
    "drainwatch.poll-interval, drainwatch.metadata.poll-interval",
    "metadata.url, drainwatch.metadata.url",
    "drainwach.metadata.url, drainwatch.metadata.url",
    "drainwatch.hooks.prestop.timeout, drainwatch.hooks.pre-stop.timeout",
    "drainwatch.hook.drain.timeout, drainwatch.hooks.drain.timeout",
    "drainwatch.server.port, micronaut.server.port",
    "drainwatch.state_dir, drainwatch.state-dir",
  })
  void suggestsTheNearestKey(String written, String meant) {
    assertThat(onlyFault(Map.of(written, "1")).reason())
        .isEqualTo("unknown key; did you mean " + meant + "?");
  }

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({
    "DRAINWATCH_METADATA_POLL_INTERVALL, DRAINWATCH_METADATA_POLL_INTERVAL",
    "DRAINWATCH_DRYRUN, DRAINWATCH_DRY_RUN",
  })
  void suggestsTheNearestVariable(String written, String meant) {
    assertThat(onlyFault(Map.of(written, "1")).reason()).endsWith("did you mean " + meant + "?");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"drainwatch.zzzzzz", "drainwatch.", "x", "", ".", "drainwatch.metadata.qqqq"})
  void saysNothingWhereNothingIsNear(String written) {
    assertThat(onlyFault(Map.of(written, "1")).reason()).isEqualTo("unknown key");
  }

  @ParameterizedTest(name = "{0} in a rule means {1}")
  @CsvSource({"acknowlege, acknowledge", "startBefore, start-before", "atdeadline, at-deadline"})
  void suggestsTheNearestWordOfARule(String written, String meant) {
    Fault fault =
        onlyFault(
            Map.of("drainwatch.policy[0].type", "Reboot", "drainwatch.policy[0]." + written, "1h"));

    assertThat(fault.reason()).contains("did you mean drainwatch.policy[0]." + meant + "?");
  }
}
