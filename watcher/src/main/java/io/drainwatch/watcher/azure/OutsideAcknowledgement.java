package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.watcher.clusterview.FleetStanding;
import io.drainwatch.watcher.clusterview.NodeStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the events of a Node may be acknowledged in place of its watcher. Pure.
 *
 * <p>Only what the record on the Node lists as drained and as allowed (I1; that list is also what
 * tells that every VM named is drained), only in state Drained, only while the event was Scheduled,
 * and only when the watcher has not been heard of: one that is there does it itself.
 */
public sealed interface OutsideAcknowledgement {
  /** A watcher writes its note at least this often while there is an event. */
  Duration SILENCE = Duration.ofMinutes(2);

  record Send(ResourceId of, List<String> events) implements OutsideAcknowledgement {
    public Send {
      events = List.copyOf(events);
    }
  }

  record Refused(String sentence) implements OutsideAcknowledgement {}

  static OutsideAcknowledgement of(NodeFacts node, Instant now) {
    Optional<ResourceId> vm = ResourceId.parse(node.providerId());
    if (vm.isEmpty()) {
      return new Refused("The Node " + node.name() + " does not tell which VM of Azure it is.");
    }
    Optional<NodeStanding> standing =
        FleetStanding.of(List.of(node), now).nodes().stream().findFirst();
    Optional<NodeRecord> record = standing.flatMap(NodeStanding::record);
    if (record.isEmpty()) {
      return new Refused(
          "The Node "
              + node.name()
              + " has no record of a maintenance: nothing says it is drained.");
    }
    Optional<ObservationNote> note = standing.flatMap(NodeStanding::note);
    Optional<Instant> heard =
        note.map(ObservationNote::readAt).filter(at -> at.plus(SILENCE).isAfter(now));
    if (heard.isPresent()) {
      return new Refused(
          "The watcher of "
              + node.name()
              + " is there (heard of at "
              + heard.get()
              + ") and acknowledges itself.");
    }
    List<String> events = events(record.get(), note);
    return events.isEmpty()
        ? new Refused(
            "Nothing of "
                + node.name()
                + " may be acknowledged: state "
                + record.get().progress().state().word()
                + ".")
        : new Send(vm.get(), events);
  }

  private static List<String> events(NodeRecord record, Optional<ObservationNote> note) {
    if (record.progress().state() != MaintenanceState.DRAINED) {
      return List.of();
    }
    return record.events().stream()
        .filter(event -> event.status() == EventStatus.SCHEDULED)
        .map(NodeEvent::id)
        .filter(record.drain()::isDrainedFor)
        .filter(id -> record.drain().ackable().stream().anyMatch(id::equalsIgnoreCase))
        .filter(
            id ->
                note.stream()
                    .flatMap(each -> each.acks().stream())
                    .noneMatch(ack -> ack.id().equalsIgnoreCase(id) && ack.status() == 200))
        .toList();
  }
}
