package io.drainwatch.watcher.configuration;

import java.time.Duration;

/**
 * {@code drainwatch.azure.*}: what the drainer asks of Azure Resource Manager about the VMs of
 * Nodes.
 *
 * @param lookAfter how long a Node has to be away in mid-maintenance before its VM is asked after
 * @param looksPerMinute at most, of all Nodes together
 * @param protectInstances no scale-in of an instance while its Node is drained
 * @param graphEvents Resource Graph is asked for events, for Nodes whose watcher cannot tell
 * @param graphInterval how often
 * @param acknowledgeForLostWatchers through Resource Manager, what is drained
 */
public record ClusterAzureSettings(
    boolean enabled,
    Duration lookAfter,
    int looksPerMinute,
    boolean protectInstances,
    boolean graphEvents,
    Duration graphInterval,
    boolean acknowledgeForLostWatchers) {

  static ClusterAzureSettings off() {
    return new ClusterAzureSettings(
        false, Duration.ofMinutes(5), 20, false, false, Duration.ofSeconds(60), false);
  }
}
