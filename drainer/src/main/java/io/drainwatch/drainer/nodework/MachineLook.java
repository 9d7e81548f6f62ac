package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.MachineFate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a machine whose Node is away.
 *
 * @param awaySince by our clock; empty: it is not away
 * @param askedAt a question is under way since
 * @param notBefore of the next question
 * @param answers so many have come
 * @param last what was answered last
 */
record MachineLook(
    Optional<Instant> awaySince,
    Optional<Instant> askedAt,
    Instant notBefore,
    int answers,
    MachineFate last) {
  static final MachineLook NONE =
      new MachineLook(Optional.empty(), Optional.empty(), Instant.MIN, 0, MachineFate.UNKNOWN);

  MachineLook awayFrom(Instant now) {
    return awaySince.isPresent()
        ? this
        : new MachineLook(Optional.of(now), askedAt, notBefore, answers, last);
  }

  MachineLook asked(Instant now) {
    return new MachineLook(awaySince, Optional.of(now), notBefore, answers, last);
  }

  MachineLook answered(MachineFate fate, Instant next) {
    return new MachineLook(awaySince, Optional.empty(), next, answers + 1, fate);
  }

  MachineLook shifted(Duration by) {
    return new MachineLook(
        awaySince.map(at -> at.plus(by)),
        askedAt.map(at -> at.plus(by)),
        notBefore.equals(Instant.MIN) ? notBefore : notBefore.plus(by),
        answers,
        last);
  }
}
