package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.Optional;

/** The calendars in which a planned drain may start. Answers depend on the time given alone. */
public interface Windows {
  Windows ALWAYS_OPEN = (window, after) -> Optional.of(after);

  /** The first moment at or after {@code after} when the window is open; empty: never again. */
  Optional<Instant> nextOpening(String window, Instant after);

  default boolean isOpen(String window, Instant at) {
    return nextOpening(window, at).map(at::equals).orElse(false);
  }
}
