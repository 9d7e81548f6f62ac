package io.drainwatch.watcher.drainer;

/**
 * What is to be asked of Azure.
 *
 * @param looksPerMinute after VMs, of all Nodes together
 * @param protects instances from scale-in while their Nodes are drained
 * @param standsIn acknowledges in place of watchers that are gone
 */
public record AzureChoice(int looksPerMinute, boolean protects, boolean standsIn) {}
