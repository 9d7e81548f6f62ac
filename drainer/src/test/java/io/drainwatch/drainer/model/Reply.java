package io.drainwatch.drainer.model;

/** What reaches the client. */
sealed interface Reply<T> {
  /** What the server has to say; after 8 s if it is slow. */
  record Said<T>(T value, boolean slow) implements Reply<T> {}

  /** An answer of its own, whatever was asked. */
  record Refused<T>(ModelAnswer.Said answer) implements Reply<T> {}

  /** Done, but what comes back is not what it should be. */
  record Garbled<T>(T value, Fault fault) implements Reply<T> {}

  /** Nothing comes back. */
  record Broken<T>(Fault fault) implements Reply<T> {}
}
