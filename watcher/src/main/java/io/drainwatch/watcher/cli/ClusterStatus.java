package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodesListing;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.watcher.clusterview.FleetStanding;
import io.drainwatch.watcher.clusterview.FleetStandingJson;
import io.drainwatch.watcher.clusterview.FleetStandingText;
import java.util.List;

/** {@code status --cluster}: reads all Nodes once, and writes nothing. */
final class ClusterStatus {
  private final Caller caller;
  private final boolean json;

  ClusterStatus(Caller caller, boolean json) {
    this.caller = caller;
    this.json = json;
  }

  int print(FabricCluster cluster) {
    switch (cluster.listNodes()) {
      case NodesListing.Complete(List<NodeFacts> nodes) -> {
        FleetStanding fleet = FleetStanding.of(nodes, caller.clock().instant());
        if (json) {
          caller.out().println(FleetStandingJson.of(fleet));
        } else {
          FleetStandingText.of(fleet).forEach(caller.out()::println);
        }
        return ExitCode.OK;
      }
      case NodesListing.Failed(String why) ->
          throw new CommandStopped(
              ExitCode.NO_DAEMON, "The cluster does not tell its Nodes: " + why);
    }
  }
}
