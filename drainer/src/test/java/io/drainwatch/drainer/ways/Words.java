package io.drainwatch.drainer.ways;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one thread of a process tells another: it arrives in its order, and for a while not at all.
 *
 * @param waiting the oldest first
 * @param heldUntil nothing arrives before
 */
record Words<T>(List<T> waiting, Optional<Instant> heldUntil) {
  Words {
    waiting = List.copyOf(waiting);
  }

  static <T> Words<T> none() {
    return new Words<>(List.of(), Optional.empty());
  }

  Words<T> and(T word) {
    return new Words<>(Stream.concat(waiting.stream(), Stream.of(word)).toList(), heldUntil);
  }

  Words<T> until(Instant end) {
    return new Words<>(waiting, Optional.of(end));
  }

  boolean areHeld(Instant now) {
    return heldUntil.filter(now::isBefore).isPresent();
  }
}
