package io.drainwatch.drainer.evictions;

import java.time.Instant;
import java.util.List;

/** Whether the Node is drained. */
public sealed interface FenceVerdict {

  /** Drained may be recorded. */
  record Passed() implements FenceVerdict {}

  /** What was read does not suffice; both lists and the Node have to be read again. */
  record ReadAgain(String why, Instant notBefore) implements FenceVerdict {}

  /** Pods are there. */
  record PodsLeft(List<EvictablePod> pods) implements FenceVerdict {
    public PodsLeft {
      pods = List.copyOf(pods);
    }
  }

  /** Someone uncordoned: {@code on-foreign-uncordon} says what follows. */
  record ForeignUncordon() implements FenceVerdict {}

  /** The Node's record is not ours any more: read it, decide anew. */
  record NotOurs(String why) implements FenceVerdict {}

  record NodeGone() implements FenceVerdict {}

  /** Everything but this. */
  record Waiting(String why) implements FenceVerdict {}
}
