package io.drainwatch.watcher.memory;

/** How memory goes back. */
@FunctionalInterface
interface Returning {
  Returning NOTHING = () -> {};

  /** What native code has freed and the C library has kept. */
  void freed();
}
