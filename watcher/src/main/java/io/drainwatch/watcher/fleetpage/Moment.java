package io.drainwatch.watcher.fleetpage;

import io.drainwatch.watcher.pages.ShownTime;
import java.time.Duration;
import java.time.Instant;

/**
 * A moment, and how far it is from when the page was made. The script counts on from {@code
 * millis}; without it what is written stands.
 *
 * @param millis since 1970
 * @param left {@code 3 min left}, {@code passed 2 s ago}
 * @param ago {@code 2 s}; {@code 0 s} of what is to come
 */
record Moment(String iso, String text, String millis, String left, String ago) {

  static Moment of(Instant at, Instant now) {
    long passed = Math.max(0, Duration.between(at, now).toSeconds());
    return new Moment(
        at.toString(),
        ShownTime.moment(at),
        Long.toString(at.toEpochMilli()),
        ShownTime.left(Duration.between(now, at)),
        ShownTime.duration(Duration.ofSeconds(passed)).replace("0 ms", "0 s"));
  }
}
