package io.drainwatch.watcher.configuration;

/** What a text turned out to be. A reason never repeats the text: it may be a secret. */
sealed interface Parsed<T> {
  record Accepted<T>(T value) implements Parsed<T> {}

  record Refused<T>(String reason) implements Parsed<T> {}

  static <T> Parsed<T> of(T value) {
    return new Accepted<>(value);
  }

  static <T> Parsed<T> refused(String reason) {
    return new Refused<>(reason);
  }
}
