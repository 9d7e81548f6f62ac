package io.drainwatch.watcher.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the service is switched on for the group (section 8): the first request does it, and a
 * day without one switches it off.
 *
 * @param readyAt from when on it answers
 */
record Activation(Optional<Instant> lastRequest, Optional<Instant> readyAt) {

  static final Activation OFF = new Activation(Optional.empty(), Optional.empty());

  /** Whether it was on once and has gone off since. */
  boolean hasGoneOff(Instant now, Duration sleepsAfter) {
    return lastRequest.filter(last -> !now.isBefore(last.plus(sleepsAfter))).isPresent();
  }

  Activation asked(Instant now, Duration firstAnswerDelay, Duration sleepsAfter) {
    boolean isOn = lastRequest.isPresent() && !hasGoneOff(now, sleepsAfter);
    return new Activation(
        Optional.of(now), isOn ? readyAt : Optional.of(now.plus(firstAnswerDelay)));
  }

  /** How long an answer has to wait. */
  Duration delay(Instant now) {
    return readyAt
        .filter(ready -> ready.isAfter(now))
        .map(ready -> Duration.between(now, ready))
        .orElse(Duration.ZERO);
  }
}
