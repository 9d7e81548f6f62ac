package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the acknowledgement of one event is.
 *
 * @param tries requests sent or about to be sent, also by somebody else in our place
 * @param inFlight recorded before the request leaves, so a crash cannot hide one
 * @param nextTry not before this moment
 */
public record Acknowledgement(
    int tries, boolean inFlight, boolean accepted, Optional<Instant> nextTry) {
  static final Acknowledgement NONE = new Acknowledgement(0, false, false, Optional.empty());

  /** Whether the platform may have been told to go ahead. */
  public boolean mayHaveCounted() {
    return tries > 0;
  }

  boolean isFirstUnderWay() {
    return tries == 1 && inFlight;
  }

  Acknowledgement sent() {
    return new Acknowledgement(tries + 1, true, false, Optional.empty());
  }

  Acknowledgement sentElsewhere() {
    return new Acknowledgement(tries + 1, false, false, nextTry);
  }

  Acknowledgement acceptedNow() {
    return new Acknowledgement(tries, false, true, Optional.empty());
  }

  Acknowledgement againAt(Instant at) {
    return new Acknowledgement(tries, false, false, Optional.of(at));
  }

  Acknowledgement shifted(Duration by) {
    return new Acknowledgement(tries, inFlight, accepted, nextTry.map(at -> at.plus(by)));
  }

  /** It never left: not a try. */
  Acknowledgement notSent(Instant again) {
    return new Acknowledgement(Math.max(0, tries - 1), false, false, Optional.of(again));
  }
}
