package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.cleaning.CleaningReport;
import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodesListing;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.watcher.clusterview.CleaningText;
import io.drainwatch.watcher.clusterview.FleetStanding;
import io.drainwatch.watcher.clusterview.FleetStandingJson;
import io.drainwatch.watcher.clusterview.FleetStandingText;
import java.util.List;
import java.util.Optional;

/** {@code status --cluster}: reads all Nodes once, and sets where asked to, and writes nothing. */
final class ClusterStatus {
  private final Caller caller;
  private final boolean json;

  ClusterStatus(Caller caller, boolean json) {
    this.caller = caller;
    this.json = json;
  }

  /**
   * @param cleaned whose sets are told of; empty: none
   */
  int print(FabricCluster cluster, Optional<Scope> cleaned) {
    switch (cluster.listNodes()) {
      case NodesListing.Complete(List<NodeFacts> nodes) -> {
        FleetStanding fleet = FleetStanding.of(nodes, caller.clock().instant());
        Optional<CleaningReport.Result> sets =
            cleaned.map(
                scope -> CleaningReport.read(cluster.stateful(), scope, caller.clock().instant()));
        if (json) {
          ObjectNode all = FleetStandingJson.of(fleet);
          sets.ifPresent(result -> all.set("scaleDown", json(result)));
          caller.out().println(all);
        } else {
          FleetStandingText.of(fleet).forEach(caller.out()::println);
          sets.ifPresent(result -> text(result).forEach(caller.out()::println));
        }
        return ExitCode.OK;
      }
      case NodesListing.Failed(String why) ->
          throw new CommandStopped(
              ExitCode.NO_DAEMON, "The cluster does not tell its Nodes: " + why);
    }
  }

  private static ObjectNode json(CleaningReport.Result result) {
    return switch (result) {
      case CleaningReport.Result.Complete(CleaningReport report) -> CleaningText.json(report);
      case CleaningReport.Result.Failed(String why) ->
          JsonNodeFactory.instance.objectNode().put("trouble", Lines.plain(why));
    };
  }

  private static List<String> text(CleaningReport.Result result) {
    return switch (result) {
      case CleaningReport.Result.Complete(CleaningReport report) -> CleaningText.of(report);
      case CleaningReport.Result.Failed(String why) ->
          List.of("The cluster does not tell its StatefulSets: " + Lines.plain(why));
    };
  }
}
