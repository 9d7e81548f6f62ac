package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.context.BoshJobStates;
import java.util.Optional;

/** What BOSH_JOB_STATE or BOSH_JOB_NEXT_STATE says (drain-scripts.md 3.3). */
public sealed interface JobState {

  /**
   * Compact JSON, as {@code {"persistent_disk":42}}.
   *
   * @param json never empty: a variable without a value is not set at all
   */
  record Known(String json) implements JobState {
    public Known {
      if (json.isEmpty()) {
        throw new IllegalArgumentException("an empty state is no state");
      }
    }
  }

  /** The variable is left out of the environment. */
  record NotSet() implements JobState {}

  /** It should be set and cannot be: the script is not run, and fails with this (B08, B09). */
  record CannotBeBuilt(String why) implements JobState {}

  /** What the mapper of the drain context gives; empty is not set. */
  static JobState of(Optional<String> json) {
    return json.filter(text -> !text.isEmpty()).<JobState>map(Known::new).orElseGet(NotSet::new);
  }

  /**
   * @param megabytes of the persistent disk, 0 when there is none
   */
  static JobState ofPersistentDisk(long megabytes) {
    return megabytes < 0
        ? new CannotBeBuilt("a persistent disk of " + megabytes + " MB is no job state")
        : new Known(BoshJobStates.json(megabytes));
  }
}
