package io.drainwatch.drainer.cluster;

/** What came of reading one object. */
public sealed interface Found<T> {

  record There<T>(T object) implements Found<T> {}

  /** The server itself says that there is none. */
  record Gone<T>() implements Found<T> {}

  record Unknown<T>(String why) implements Found<T> {}
}
