package io.drainwatch.drainer.fleet;

/** For when the drainer's own Node is to be drained (K81). */
@FunctionalInterface
public interface HandOver {
  /** There is no other replica: our own pod goes last. */
  HandOver NOBODY_ELSE = () -> false;

  /**
   * Gives the leadership away if another ready replica runs on another Node, and does not try for
   * it for 30 s; {@link Fleet#stop} follows. May take a few seconds.
   *
   * @return whether it was given away
   */
  boolean resign();
}
