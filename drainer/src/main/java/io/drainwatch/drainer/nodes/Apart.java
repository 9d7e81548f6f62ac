package io.drainwatch.drainer.nodes;

import java.time.Duration;
import java.util.SplittableRandom;

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
   * @param failures so far, so that Nodes with the same share part at the next one
   */
  public static Duration of(String node, int failures, Duration wait) {
    long seed = ((long) node.hashCode() << Integer.SIZE) | failures;
    int share = new SplittableRandom(seed).nextInt(SHARES);
    return wait.plus(wait.multipliedBy(share).dividedBy(2L * SHARES));
  }
}
