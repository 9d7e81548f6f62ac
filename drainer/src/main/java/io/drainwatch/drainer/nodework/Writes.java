package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Observation;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the writing of one Node stands: one write at a time.
 *
 * @param sent under way
 * @param readAskedAt a read that was asked for is under way since
 * @param failures in a row
 * @param notBefore of the next try
 * @param unheard the Node is another one: what is to stand on it the core says first
 * @param unclearSince a write of the record was sent, and whether it stands is not known since
 */
record Writes(
    Optional<NodeState.Sent> sent,
    Optional<Instant> readAskedAt,
    int failures,
    Instant notBefore,
    Optional<Observation.NodeReplaced> unheard,
    Optional<Instant> unclearSince) {
  static final Writes NONE =
      new Writes(
          Optional.empty(), Optional.empty(), 0, Instant.MIN, Optional.empty(), Optional.empty());

  Writes sending(NodeState.Sent now) {
    return new Writes(Optional.of(now), readAskedAt, failures, notBefore, unheard, unclearSince);
  }

  Writes answered() {
    return new Writes(Optional.empty(), readAskedAt, failures, notBefore, unheard, unclearSince);
  }

  Writes asking(Instant now) {
    return new Writes(sent, Optional.of(now), failures, notBefore, unheard, unclearSince);
  }

  /** The answer to what was asked is there, whatever it says. */
  Writes read() {
    return new Writes(sent, Optional.empty(), failures, notBefore, unheard, unclearSince);
  }

  Writes failed(int inARow, Instant again) {
    return new Writes(sent, readAskedAt, inARow, again, unheard, unclearSince);
  }

  Writes unclear(Instant now) {
    return new Writes(sent, readAskedAt, failures, notBefore, unheard, Optional.of(now));
  }

  /** What stands on the Node was seen by somebody who asked at that moment. */
  Writes seen(Instant askedAt) {
    return new Writes(
        sent,
        readAskedAt,
        failures,
        notBefore,
        unheard,
        unclearSince.filter(since -> since.isAfter(askedAt)));
  }

  /** Where the core has something to say to it. */
  Writes awaitingCore(Observation.NodeReplaced word, Optional<Episode> asKnown) {
    return with(Optional.of(word)).following(asKnown);
  }

  /** Of words that were under way when the Node was replaced the core may have told first. */
  Writes following(Optional<Episode> core) {
    return with(
        unheard.filter(
            word ->
                core.filter(each -> each.isDoneAnewOnAnotherNode(word.drainWasTold()))
                    .isPresent()));
  }

  private Writes with(Optional<Observation.NodeReplaced> word) {
    return new Writes(sent, readAskedAt, failures, notBefore, word, unclearSince);
  }

  boolean awaitsCore() {
    return unheard.isPresent();
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
        Optional.empty(),
        sent.isPresent() ? Optional.of(Instant.MIN) : unclearSince);
  }
}
