package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.Preview;
import io.drainwatch.drainer.pods.Taint;
import io.drainwatch.watcher.clusterview.DrainForecast;
import io.drainwatch.watcher.clusterview.DrainForecastJson;
import io.drainwatch.watcher.clusterview.DrainForecastText;
import java.util.Optional;

/**
 * {@code drain NODE --dry-run}: reads the Node and its pods and asks for evictions that change
 * nothing.
 */
final class DrainPreview {
  private final Caller caller;
  private final FabricCluster cluster;
  private final NodeSettings settings;
  private final boolean json;

  DrainPreview(Caller caller, FabricCluster cluster, NodeSettings settings, boolean json) {
    this.caller = caller;
    this.cluster = cluster;
    this.settings = settings;
    this.json = json;
  }

  /**
   * @param type of the event that it would be drained for
   */
  int print(String name, EventKind type) {
    NodeFacts node = node(name);
    PodListing.Complete pods = pods(name);
    Preview preview =
        Preview.of(
            node,
            pods,
            settings.pods(),
            settings.marks().taint()
                ? Optional.of(new Taint(NodeKeys.TAINT, type.word(), "NoSchedule"))
                : Optional.empty(),
            caller.clock().instant());
    DrainForecast forecast =
        DrainForecast.of(
            node,
            preview,
            new EvictionTrial(
                cluster::tryEviction,
                preview.going().isEmpty() || cluster.knowsEvictions(),
                settings.evictions().withoutEvictionApi()));
    if (json) {
      caller.out().println(DrainForecastJson.of(forecast));
    } else {
      DrainForecastText.of(forecast).forEach(caller.out()::println);
    }
    return forecast.isClear() ? ExitCode.OK : ExitCode.FAILED;
  }

  private NodeFacts node(String name) {
    return switch (cluster.readNode(name)) {
      case NodeReading.Found(NodeFacts node) -> node;
      case NodeReading.Gone() ->
          throw new CommandStopped(
              ExitCode.FAILED, "The cluster has no Node " + Lines.plain(name) + ".");
      case NodeReading.Unknown(String why) ->
          throw new CommandStopped(
              ExitCode.NO_DAEMON, "The Node cannot be read: " + Lines.plain(why));
    };
  }

  private PodListing.Complete pods(String name) {
    return switch (cluster.listPods(name)) {
      case PodListing.Complete complete -> complete;
      case PodListing.Failed failed ->
          throw new CommandStopped(
              ExitCode.NO_DAEMON,
              "The pods of the Node cannot be listed: " + Lines.plain(failed.why()));
    };
  }
}
