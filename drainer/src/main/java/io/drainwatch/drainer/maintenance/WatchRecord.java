package io.drainwatch.drainer.maintenance;

import java.util.Optional;

/**
 * What of a {@link Watch} stands on the disk, and all that a restart goes on from.
 *
 * @param episode this VM's maintenance, if one is under way
 */
public record WatchRecord(Optional<Episode> episode, Peers peers) {
  /** A start without a record. */
  public static final WatchRecord EMPTY = new WatchRecord(Optional.empty(), Peers.NONE);
}
