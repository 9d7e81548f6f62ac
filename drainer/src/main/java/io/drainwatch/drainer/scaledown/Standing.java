package io.drainwatch.drainer.scaledown;

import java.util.List;
import java.util.Optional;

/**
 * How a set's scale-down stands.
 *
 * @param refusal why nothing is cleaned up; empty: it is
 * @param ordinals that are cleaned up or waited for, highest first
 */
public record Standing(boolean isManaged, Optional<Refusal> refusal, List<Ordinal> ordinals) {
  static final Standing NONE = new Standing(false, Optional.empty(), List.of());

  public Standing {
    ordinals = List.copyOf(ordinals);
  }

  /** Nothing to tell of. */
  public boolean isQuiet() {
    return refusal.isEmpty() && ordinals.isEmpty();
  }

  /**
   * @param notice one of the refusals
   * @param detail for people, one line
   */
  public record Refusal(Notice notice, String detail) {}

  /**
   * @param claims that are still there
   * @param detail for people, one line
   */
  public record Ordinal(int ordinal, Stage stage, int claims, int attempt, String detail) {}

  /** Of one ordinal. */
  public enum Stage {
    /** Orphaned; its stateful pod is still there, or a higher ordinal comes first. */
    WAITING,
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    TERMINATING
  }
}
