package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.WatchRecord;
import java.time.Instant;
import java.util.Optional;

/** Where the record lives. Nothing here throws: a full disk is an answer. */
public interface RecordKeeper {

  /**
   * Puts the record on disk.
   *
   * @return why it is not on disk; empty when it is
   */
  Optional<String> keep(WatchRecord record, Instant at);

  /** Adds a finished episode to the history; the same episode twice counts once. */
  Optional<String> addToHistory(Summary summary, Instant at);

  /** Keeps another machine's record where it harms nobody. */
  Optional<String> setAside(Episode foreign);
}
