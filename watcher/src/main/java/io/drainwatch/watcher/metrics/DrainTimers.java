package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.DrainResult.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long drains take, by how they end. All series are there from the start: of one that appears
 * with its first failure an alert sees no growth.
 */
final class DrainTimers {
  private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

  DrainTimers(String name, MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.OPEN) {
        timers.put(
            outcome,
            Timer.builder(name)
                .description("Drains, from Cordoned to their end")
                .tag("result", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry));
      }
    }
  }

  /**
   * @param took the clock may have been set in between
   */
  void ended(Outcome outcome, Duration took) {
    Optional.ofNullable(timers.get(outcome))
        .ifPresent(timer -> timer.record(took.isNegative() ? Duration.ZERO : took));
  }
}
