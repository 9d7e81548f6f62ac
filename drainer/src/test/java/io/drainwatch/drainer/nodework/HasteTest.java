package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.VirtualVm;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HasteTest {
  private static final Instant NOW = VirtualVm.START;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"24, true", "59, true", "60, false", "900, false", "-1, true", ", false"})
  void isWithLessThanAMinuteLeft(Integer seconds, boolean isHurried) {
    Optional<Instant> deadline = Optional.ofNullable(seconds).map(NOW::plusSeconds);

    assertThat(Haste.of(deadline, NOW)).isEqualTo(isHurried);
  }
}
