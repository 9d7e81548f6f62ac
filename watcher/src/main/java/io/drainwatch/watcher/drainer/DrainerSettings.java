package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.fleet.FleetSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import java.util.Optional;

/**
 * What a drainer is made of.
 *
 * @param namespace of the Lease, and of our pod if we are one
 * @param lease its name
 * @param holder who we are in it; another for each process
 * @param podUid of our pod; empty: we are none
 * @param cleanup behind StatefulSets; empty: there is none
 */
public record DrainerSettings(
    ClusterConnection connection,
    String namespace,
    String lease,
    String holder,
    Optional<String> podUid,
    FleetSettings fleet,
    NodeWork work,
    Optional<CleanupSettings> cleanup) {
  public DrainerSettings {
    if (namespace.isBlank() || lease.isBlank() || holder.isBlank()) {
      throw new IllegalArgumentException("a drainer has a namespace, a Lease and a name in it");
    }
  }
}
