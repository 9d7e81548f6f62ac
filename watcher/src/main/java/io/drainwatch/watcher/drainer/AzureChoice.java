package io.drainwatch.watcher.drainer;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be asked of Azure.
 *
 * @param looksPerMinute after VMs, of all Nodes together
 * @param protection of instances from scale-in while their Nodes are drained
 * @param graphInterval how often Resource Graph is asked for events; empty: never
 * @param asksWatchers whether they are there, before what Resource Graph tells counts; else it
 *     never does
 * @param standsIn acknowledges in place of watchers that are gone
 */
public record AzureChoice(
    int looksPerMinute,
    Protection protection,
    Optional<Duration> graphInterval,
    boolean asksWatchers,
    boolean standsIn) {
  /** What becomes of it. */
  public enum Protection {
    /** Nothing is changed in Azure. */
    UNTOUCHED,
    /** What was protected before it was switched off is undone. */
    ONLY_UNDONE,
    GIVEN
  }
}
