package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import java.time.Instant;
import java.util.Optional;

/** A process, as a value: what it knows, and the product's code that it is folded by. */
interface Side {
  Side hears(Turn turn, Reply reply);

  /** Time has passed; does what is due. */
  Side ticks(Turn turn);

  /** After {@code now}. */
  Optional<Instant> wakeAt(Instant now);

  /** Reads the platform's document, if it is one that does. */
  Side reads(Turn turn, Document document);

  /** Begins again: of what it knew only the given record is left. */
  Side begins(Turn turn, Optional<Episode> journal, String bootId);

  boolean watchesPods();

  /** Between its threads. */
  Ears<?> ears();

  /** What one of its threads is told from now on is not heard before. */
  Side deaf(Ears.Ear ear, Instant until);

  Optional<Episode> episode();
}
