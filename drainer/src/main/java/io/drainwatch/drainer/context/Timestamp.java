package io.drainwatch.drainer.context;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Moments as the context writes them: RFC 3339, UTC, whole seconds. */
final class Timestamp {
  /** RFC 3339 has four digits for the year and no more. */
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Timestamp() {}

  /** The whole second, or empty where RFC 3339 has no text for it. */
  static Optional<Instant> of(Instant moment) {
    Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
    return second.isBefore(FIRST) || second.isAfter(LAST) ? Optional.empty() : Optional.of(second);
  }

  static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
