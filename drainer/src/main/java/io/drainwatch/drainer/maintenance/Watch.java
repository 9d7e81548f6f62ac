package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything the core folds over. The episode is the record and survives a restart; the rest is
 * learned anew.
 *
 * @param machine empty until the daemon knows which machine it runs on; no document counts before
 * @param recorded whether the episode as it stands is on disk
 * @param awaitingDocument after a restart of the machine nothing starts before a document came
 * @param empties the present unbroken run of empty answers
 * @param newest the last valid document
 */
public record Watch(
    Optional<Machine> machine,
    Optional<Episode> episode,
    boolean recorded,
    boolean awaitingDocument,
    Optional<EmptyRun> empties,
    Optional<Document> newest) {

  /** An unbroken run of empty answers. */
  public record EmptyRun(Instant since, Instant last) {}

  /** A start without a record. */
  public static Watch idle() {
    return resumedFrom(Optional.empty());
  }

  /** A start from what the journal holds. */
  public static Watch resumedFrom(Optional<Episode> record) {
    return new Watch(Optional.empty(), record, true, false, Optional.empty(), Optional.empty());
  }
}
