package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Instant;
import java.util.Optional;

/** Where the record lives. Nothing here throws: a full disk is an answer. */
public interface EpisodeKeeper {

  /**
   * Puts the record on disk.
   *
   * @param episode empty: there is none any more
   * @return why it is not on disk; empty when it is
   */
  Optional<String> keep(Optional<Episode> episode, Instant at);

  /** Adds a finished episode to the history; the same episode twice counts once. */
  Optional<String> addToHistory(Summary summary, Instant at);

  /** Keeps another machine's record where it harms nobody. */
  Optional<String> setAside(Episode foreign);
}
