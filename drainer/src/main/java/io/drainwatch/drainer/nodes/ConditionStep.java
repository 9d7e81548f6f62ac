package io.drainwatch.drainer.nodes;

import java.time.Instant;

/** Whether conditions are written. */
public sealed interface ConditionStep {
  /** They are as they should be, or not ours to write. */
  record Nothing() implements ConditionStep {}

  record Send(ConditionPatch patch) implements ConditionStep {}

  /** They changed, but were written a moment ago: ask again then. */
  record Later(Instant at) implements ConditionStep {}
}
