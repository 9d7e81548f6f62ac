package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.Optional;

/**
 * Whose rules a script follows (drain-scripts.md 1.3), in the order in which the parts of one hook
 * run: a part whose failure blocks ends the row.
 */
public enum Contract {
  /** Exit code 0 is done, 75 is "call me again". */
  NATIVE,
  /** A script of a BOSH job; a drain answers with an integer on stdout. */
  BOSH,
  /** {@code bosh.stop} or {@code bosh.start}: after the jobs' drains, or after their pre-starts. */
  BOSH_COMMAND,
  SLIPSTREAM;

  private static final Duration LONGEST_COMMAND = Duration.ofMinutes(5);

  /** A time-out of the contract itself, for all its scripts in one hook together. */
  Optional<Duration> longest() {
    return this == BOSH_COMMAND ? Optional.of(LONGEST_COMMAND) : Optional.empty();
  }

  /** Whether exit code 75 means "not finished". */
  boolean recallsByExitCode() {
    return this == NATIVE;
  }

  /** Only native scripts can be told that it is a dry run. */
  boolean knowsDryRun() {
    return this == NATIVE;
  }
}
