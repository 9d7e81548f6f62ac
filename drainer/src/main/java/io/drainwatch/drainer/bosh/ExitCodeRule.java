package io.drainwatch.drainer.bosh;

/** {@code bosh.exit-code}: what a drain's exit code counts (drain-scripts.md 3.5). */
public enum ExitCodeRule {
  /** The documented contract: other than 0 is a failure, whatever was printed. */
  STRICT,
  /**
   * As the BOSH agent does it (its issue 1896): what was printed counts alone, even of a script
   * that was killed.
   */
  AGENT
}
