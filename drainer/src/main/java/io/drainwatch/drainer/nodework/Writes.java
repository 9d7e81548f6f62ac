package io.drainwatch.drainer.nodework;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the writing of one Node stands: one write at a time.
 *
 * @param sent under way
 * @param readAskedAt a read that was asked for is under way since
 * @param failures in a row
 * @param notBefore of the next try
 * @param awaitsCore the Node is another one: what is to stand on it the core says first
 * @param unclearSince a write of the record was sent, and whether it stands is not known since
 */
record Writes(
    Optional<NodeState.Sent> sent,
    Optional<Instant> readAskedAt,
    int failures,
    Instant notBefore,
    boolean awaitsCore,
    Optional<Instant> unclearSince) {
  static final Writes NONE =
      new Writes(Optional.empty(), Optional.empty(), 0, Instant.MIN, false, Optional.empty());

  Writes sending(NodeState.Sent now) {
    return new Writes(Optional.of(now), readAskedAt, failures, notBefore, awaitsCore, unclearSince);
  }

  Writes answered() {
    return new Writes(Optional.empty(), readAskedAt, failures, notBefore, awaitsCore, unclearSince);
  }

  Writes asking(Instant now) {
    return new Writes(sent, Optional.of(now), failures, notBefore, awaitsCore, unclearSince);
  }

  /** The answer to what was asked is there, whatever it says. */
  Writes read() {
    return new Writes(sent, Optional.empty(), failures, notBefore, awaitsCore, unclearSince);
  }

  Writes failed(int inARow, Instant again) {
    return new Writes(sent, readAskedAt, inARow, again, awaitsCore, unclearSince);
  }

  Writes unclear(Instant now) {
    return new Writes(sent, readAskedAt, failures, notBefore, awaitsCore, Optional.of(now));
  }

  /** What stands on the Node was seen by somebody who asked at that moment. */
  Writes seen(Instant askedAt) {
    return new Writes(
        sent,
        readAskedAt,
        failures,
        notBefore,
        awaitsCore,
        unclearSince.filter(since -> since.isAfter(askedAt)));
  }

  Writes awaitingCore(boolean now) {
    return new Writes(sent, readAskedAt, failures, notBefore, now, unclearSince);
  }

  boolean areUnclear() {
    return unclearSince.isPresent();
  }

  /** What was under way is taken for lost. */
  Writes lost() {
    return new Writes(
        Optional.empty(),
        Optional.empty(),
        failures,
        notBefore,
        false,
        sent.isPresent() ? Optional.of(Instant.MIN) : unclearSince);
  }
}
