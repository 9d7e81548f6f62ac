package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.Observation;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the core of a process and its work on the Node, threads of their own, have told each other
 * and was not heard yet.
 */
record Ears<W>(Words<Observation> ofCore, Words<W> ofWork) {

  /** Whose. */
  enum Ear {
    CORE,
    WORK
  }

  static <W> Ears<W> open() {
    return new Ears<>(Words.none(), Words.none());
  }

  Ears<W> shut(Ear ear, Instant until) {
    return switch (ear) {
      case CORE -> new Ears<>(ofCore.until(until), ofWork);
      case WORK -> new Ears<>(ofCore, ofWork.until(until));
    };
  }

  boolean isOpen(Ear ear) {
    return switch (ear) {
      case CORE -> ofCore.equals(Words.none());
      case WORK -> ofWork.equals(Words.none());
    };
  }

  Optional<Instant> wakeAt() {
    return Stream.of(ofCore, ofWork)
        .flatMap(each -> each.heldUntil().stream())
        .min(Instant::compareTo);
  }
}
