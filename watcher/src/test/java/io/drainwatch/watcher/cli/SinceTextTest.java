package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SinceTextTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "90s, 2026-11-22T02:58:30Z",
    "30m, 2026-11-22T02:30:00Z",
    "12h, 2026-11-21T15:00:00Z",
    "2d, 2026-11-20T03:00:00Z",
    "1w, 2026-11-15T03:00:00Z",
    "2026-11-20, 2026-11-20T00:00:00Z",
    "2026-11-20T10:00Z, 2026-11-20T10:00:00Z",
    "2026-11-20T10:00:05Z, 2026-11-20T10:00:05Z",
    "2026-11-20T10:00, 2026-11-20T10:00:00Z",
    "2026-11-20T10:00+01:00, 2026-11-20T09:00:00Z",
    "2026-11-20T10:00-05:00, 2026-11-20T15:00:00Z"
  })
  void readsAgesDatesAndMoments(String text, Instant expected) {
    assertThat(new SinceText().convert(text).before(NOW)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} is no time")
  @ValueSource(
      strings = {"", "2", "d", "-2d", "2y", "yesterday", "2026-13-01", "2026-11-20 10:00", "T"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> new SinceText().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is no time: write 12h, 2d, 2026-11-20 or 2026-11-20T10:00Z");
  }
}
