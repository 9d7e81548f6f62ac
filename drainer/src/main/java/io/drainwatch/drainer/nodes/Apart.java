package io.drainwatch.drainer.nodes;

import java.time.Duration;

/**
 * Keeps those apart that failed together. One event hits thousands of watchers, or as many Nodes of
 * one drainer, in the same second; whom a busy server turned away together must not come back
 * together. Without chance, so that a history can be played again.
 */
public final class Apart {
  private static final int SHARES = 997;

  private Apart() {}

  /**
   * The wait, and up to half as long again: another share for each Node.
   *
   * @param failures so far, so that two Nodes with nearly the same share part in the end
   */
  public static Duration of(String node, int failures, Duration wait) {
    long share = Math.floorMod(31 * (31 * node.hashCode() + failures) * 0x9E37, SHARES);
    return wait.plus(wait.multipliedBy(share).dividedBy(2L * SHARES));
  }
}
