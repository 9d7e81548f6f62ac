package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.watcher.azure.Sight;
import io.drainwatch.watcher.clusterview.FleetStanding;
import io.drainwatch.watcher.clusterview.NodeStanding;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.report.EpisodeStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** From where the maintenance of a VM is looked at. */
interface FollowedVm {

  Sight look();

  /** The daemon that the settings name, which may be on another machine. */
  static FollowedVm byDaemon(DrainwatchSettings settings, InstantSource clock) {
    return () ->
        switch (StatusReading.read(settings, Version.text(), clock.instant())) {
          case StatusReading.FromDaemon daemon ->
              daemon
                  .status()
                  .maintenance()
                  .<Sight>map(FollowedVm::of)
                  .orElseGet(Sight.Nothing::new);
          case StatusReading.FromRecord record -> new Sight.Silent();
          case StatusReading.Nothing nothing -> new Sight.Silent();
        };
  }

  private static Sight of(EpisodeStatus episode) {
    return new Sight.Maintained(
        episode.state(),
        episode.entered().containsKey("Drained"),
        episode.events().stream().anyMatch(EpisodeStatus.EventStanding::acknowledged));
  }

  /** The annotations of a Node. */
  static FollowedVm byNode(Cluster cluster, String node, Instant now) {
    return () ->
        switch (cluster.readNode(node)) {
          case NodeReading.Found(NodeFacts facts) ->
              FleetStanding.of(List.of(facts), now).nodes().stream()
                  .findFirst()
                  .<Sight>map(FollowedVm::of)
                  .orElseGet(Sight.Nothing::new);
          case NodeReading.Gone() -> new Sight.Silent();
          case NodeReading.Unknown unknown -> new Sight.Silent();
        };
  }

  private static Sight of(NodeStanding node) {
    Optional<NodeRecord> record = node.record();
    return new Sight.Maintained(
        record.map(it -> it.progress().state().word()).orElse("announced"),
        record.filter(it -> !it.drain().drained().isEmpty()).isPresent(),
        node.note().filter(FollowedVm::isAcknowledged).isPresent());
  }

  private static boolean isAcknowledged(ObservationNote note) {
    return note.acks().stream().anyMatch(ack -> ack.status() == 200);
  }
}
