package io.drainwatch.watcher.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenScenarioTest {

  @Test
  void namesEveryFaultWithItsPlace() throws Exception {
    Path file = Path.of(getClass().getResource("/simulator/broken.yml").toURI());

    InvalidScenario broken = catchThrowableOfType(InvalidScenario.class, () -> Scenario.read(file));

    assertThat(broken.problems())
        .extracting(problem -> problem.line() + " " + problem.key())
        .containsExactlyInAnyOrder(
            "2 colour",
            "5 vms[0].compute",
            "6 vms[1].name",
            "8 steps[0].after",
            "11 steps[0].event.type",
            "12 steps[0].event.notice",
            "9 steps[0].event",
            "14 steps[0].event.impact",
            "20 steps[1].event.notice",
            "21 steps[1].event.duration",
            "26 steps[2].event.cancel-after",
            "27 steps[2].event.vm",
            "28 steps[3].cancel",
            "30 steps[4].cancel",
            "31 steps[5]",
            "33 steps[6].fault.code",
            "35 steps[7].fault.kind",
            "37 steps[8].fault",
            "37 steps[8].fault",
            "39 steps[9].incarnation",
            "41 steps[10].after",
            "42 steps[10].dates");
    assertThat(broken)
        .hasMessageContaining("broken.yml is not usable")
        .hasMessageContaining("line 12, steps[0].event.notice: \"-5s\" is no duration")
        .hasMessageContaining("\"Rebot\" is none of [Freeze, Reboot,");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | there is nothing in it",
        "'steps: [' | cannot be read",
        "'steps: {}' | needs a list",
        "'just text' | needs keys and values",
        "'name: x' | steps: are missing",
        "'steps: [{after: 1s}]' | says nothing to do",
        "'steps: [{cancel: a, end: a}]' | says more than one thing to do",
        "'steps: [{clear-faults: false}]' | can only be true",
        "'steps: [{event: {}}]' | type is missing",
        "'steps: [{event: {type: SpotRebalanceRecommendation, starts-at-once: true}}]' | never starts",
        "'steps: [{event: {type: Reboot, new-type: X}}]' | stands in place of type"
      })
  void saysWhatIsWrong(String yaml, String message) {
    assertThatThrownBy(() -> Scenario.read("it", yaml))
        .isInstanceOf(InvalidScenario.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsNoHugeFile(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("huge.yml"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> Scenario.read(file)).hasMessageContaining("1 MiB");
  }
}
