package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything the core folds over. The episode and what is known of peers are the record and survive
 * a restart; the rest is learned anew.
 *
 * @param machine empty until the daemon knows which machine it runs on; no document counts before
 * @param recorded whether the episode as it stands is on disk
 * @param awaitingDocument after a restart in mid-maintenance nothing starts before a document came
 * @param empties the present unbroken run of empty answers
 * @param newest the last valid document
 */
public record Watch(
    Optional<Machine> machine,
    Optional<Episode> episode,
    Peers peers,
    boolean recorded,
    boolean awaitingDocument,
    Optional<EmptyRun> empties,
    Optional<Document> newest) {

  /** An unbroken run of empty answers. */
  public record EmptyRun(Instant since, Instant last) {}

  /** A start without a record. */
  public static Watch idle() {
    return resumedFrom(WatchRecord.EMPTY);
  }

  /** A start from what the journal holds. */
  public static Watch resumedFrom(WatchRecord record) {
    return new Watch(
        Optional.empty(),
        record.episode(),
        record.peers(),
        true,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** The same where nothing is known of peers. */
  public static Watch resumedFrom(Optional<Episode> episode) {
    return resumedFrom(new WatchRecord(episode, Peers.NONE));
  }

  /** The same with a newer document. */
  Watch reading(Document document) {
    return new Watch(
        machine, episode, peers, recorded, awaitingDocument, empties, Optional.of(document));
  }

  /** What of it is to be on disk. */
  public WatchRecord record() {
    return new WatchRecord(episode, peers);
  }
}
