package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  @ParameterizedTest(name = "{0} is {1} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "3                             | 3",
        " 0                            | 0",
        "300                           | 300",
        "301                           | 300",
        "999999999                     | 300",
        "Mon, 01 Jun 2026 08:00:07 GMT | 7",
        "Sun, 31 May 2026 08:00:07 GMT | 0",
        "Tue, 02 Jun 2026 08:00:07 GMT | 300",
      })
  void readsSecondsAndDatesWithinBounds(String header, long seconds) {
    assertThat(RetryAfter.read(header, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999"})
  void readsNothingElse(String header) {
    assertThat(RetryAfter.read(header, NOW)).isEmpty();
  }
}
