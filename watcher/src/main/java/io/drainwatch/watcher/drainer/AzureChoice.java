package io.drainwatch.watcher.drainer;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be asked of Azure.
 *
 * @param looksPerMinute after VMs, of all Nodes together
 * @param protects instances from scale-in while their Nodes are drained
 * @param graphInterval how often Resource Graph is asked for events; empty: never
 * @param standsIn acknowledges in place of watchers that are gone
 */
public record AzureChoice(
    int looksPerMinute, boolean protects, Optional<Duration> graphInterval, boolean standsIn) {}
