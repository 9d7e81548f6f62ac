package io.drainwatch.drainer.ways;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** {@link Words} while one step is made: what is not held is heard at once. */
final class Telling<T> {
  private final Instant now;
  private final Consumer<T> hearer;
  private Words<T> words;

  Telling(Words<T> words, Instant now, Consumer<T> hearer) {
    this.now = now;
    this.hearer = hearer;
    this.words = words;
  }

  Words<T> words() {
    return words;
  }

  /** What has waited long enough. */
  void deliver() {
    if (!words.areHeld(now)) {
      List<T> waited = words.waiting();
      words = Words.none();
      waited.forEach(hearer);
    }
  }

  void say(T word) {
    if (words.areHeld(now)) {
      words = words.and(word);
    } else {
      hearer.accept(word);
    }
  }
}
