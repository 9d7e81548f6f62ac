package io.drainwatch.drainer.maintenance;

import java.util.Optional;

/**
 * What became of a machine whose Node does not come back, by whoever can tell from outside. What
 * cannot be found out is {@link #UNKNOWN}, never an end: an error is no answer (I10).
 */
public enum MachineFate {
  RUNNING("running", "runs, though its Node does not come back"),
  STOPPED("stopped", "is stopped: it comes back only when somebody starts it"),
  FAILED("failed", "has failed: somebody has to look at it"),
  DEALLOCATED(
      "deallocated",
      "is deallocated: it comes back only when somebody starts it, or its group replaces it"),
  DELETED("deleted", "is deleted: it does not come back"),
  UNKNOWN("unknown", "is not told of");

  private final String word;
  private final String text;

  MachineFate(String word, String text) {
    this.word = word;
    this.text = text;
  }

  /** As it stands in the record, in metrics and in the status. */
  public String word() {
    return word;
  }

  /** After "the VM". */
  public String text() {
    return text;
  }

  /** Nobody need wait for it: the episode ends, and goes on should it come back all the same. */
  public boolean isTheEnd() {
    return this == DEALLOCATED || this == DELETED;
  }

  /** Worth telling on the Node. */
  public boolean isTold() {
    return isTheEnd() || this == STOPPED || this == FAILED;
  }

  /** Whether somebody has to do something that nobody was going to do. */
  public boolean isWarning() {
    return this == STOPPED || this == FAILED;
  }

  public static Optional<MachineFate> of(String word) {
    for (MachineFate fate : values()) {
      if (fate.word.equals(word)) {
        return Optional.of(fate);
      }
    }
    return Optional.empty();
  }
}
