package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoshSettingsTest {

  @Test
  void defaultsAreThoseOfTheSpecification() {
    BoshSettings settings = BoshSettings.off();

    assertThat(settings.enabled()).isFalse();
    assertThat(settings.base()).isEqualTo(Path.of("/var/vcap"));
    assertThat(settings.checks()).isTrue();
    assertThat(settings.exitCode()).isEqualTo(ExitCodeRule.STRICT);
    assertThat(settings.maxSleep()).isEqualTo(Duration.ofSeconds(86_400));
    assertThat(settings.drainVariables()).isTrue();
    assertThat(settings.stop()).isEmpty();
    assertThat(settings.commandLimit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(BoshSettings.over(Path.of("/x")).enabled()).isTrue();
  }

  @ParameterizedTest(name = "no job: ''{0}''")
  @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a b", "a\n", "\u00e4", "a\u0000"})
  void refusesJobsThatLeadElsewhere(String job) {
    assertThatIllegalArgumentException().isThrownBy(() -> with(List.of(job), List.of(), List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> with(List.of(), List.of(job), List.of()));
  }

  @Test
  void takesAllJobsForSkipDrainOnly() {
    assertThat(with(List.of(), List.of("*"), List.of()).skips(BoshScript.DRAIN, "any")).isTrue();
    assertThat(with(List.of(), List.of("*"), List.of()).skips(BoshScript.POST_STOP, "any"))
        .isFalse();
  }

  @Test
  void refusesCommandsThatAreNoPrograms() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(List.of(), List.of(), List.of(List.of())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(List.of(), List.of(), List.of(List.of("systemctl", "stop", "x"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(List.of(), List.of(), List.of(List.of("/bin/echo", "\u0000"))));
  }

  @Test
  void refusesARelativeBase() {
    assertThatIllegalArgumentException().isThrownBy(() -> BoshSettings.over(Path.of("vcap")));
  }

  private static BoshSettings with(
      List<String> jobs, List<String> skipDrain, List<List<String>> stop) {
    return new BoshSettings(
        true,
        BoshSettings.DEFAULT_BASE,
        jobs,
        skipDrain,
        true,
        ExitCodeRule.STRICT,
        BoshSettings.DEFAULT_MAX_SLEEP,
        true,
        stop,
        List.of(),
        BoshSettings.DEFAULT_COMMAND_LIMIT);
  }
}
