package io.drainwatch.watcher.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.notify.Receiver.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportingTest {
  private static Exporting of(int status, String text, int failures, Optional<Duration> after) {
    return Exporting.of(new Outcome.Came(status, after, text), failures);
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {429, 502, 503, 504})
  void sendsAgainWhatOtlpCallsRetryable(int status) {
    assertThat(of(status, "", 0, Optional.empty()))
        .isEqualTo(new Exporting.Again("HTTP " + status, Duration.ofSeconds(1)));
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {301, 400, 401, 404, 413, 500, 501})
  void letsGoWhatWillNeverBeTaken(int status) {
    assertThat(of(status, "no", 0, Optional.empty()))
        .isEqualTo(new Exporting.Done(Optional.of("HTTP " + status + ": no")));
  }

  @Test
  void waitsLongerEachTimeAndAsLongAsAsked() {
    assertThat(Exporting.of(new Outcome.Silent("nobody there"), 3))
        .isEqualTo(new Exporting.Again("nobody there", Duration.ofSeconds(8)));
    assertThat(of(503, "", 50, Optional.empty()))
        .isEqualTo(new Exporting.Again("HTTP 503", Duration.ofMinutes(1)));
    assertThat(of(429, "", 0, Optional.of(Duration.ofSeconds(20))))
        .isEqualTo(new Exporting.Again("HTTP 429", Duration.ofSeconds(20)));
    assertThat(of(429, "", 0, Optional.of(Duration.ofDays(1))))
        .isEqualTo(new Exporting.Again("HTTP 429", Duration.ofMinutes(1)));
  }

  @Test
  void saysWhenACollectorTakesOnlySome() {
    assertThat(of(200, "{}", 0, Optional.empty())).isEqualTo(new Exporting.Done(Optional.empty()));
    assertThat(of(202, "", 0, Optional.empty())).isEqualTo(new Exporting.Done(Optional.empty()));
    String some = "{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"too old\"}}";
    assertThat(of(200, some, 0, Optional.empty()))
        .isEqualTo(new Exporting.Done(Optional.of("some are rejected: " + some)));
    String none = "{\"partialSuccess\":{\"rejectedSpans\":\"0\"}}";
    assertThat(of(200, none, 0, Optional.empty())).isEqualTo(new Exporting.Done(Optional.empty()));
  }
}
