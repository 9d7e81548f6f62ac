package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.watcher.clusterview.FleetStanding;
import io.drainwatch.watcher.clusterview.NodeStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the events of a Node may be acknowledged in place of its watcher. Pure.
 *
 * <p>Asks what the watcher's own gate asks (kubernetes-drain.md 13): the Node is cordoned, nothing
 * holds the drain, the state is Drained, and the record lists the event as drained and as ackable.
 * Only while the event was Scheduled, never one that this program made up, and only when the
 * watcher has fallen silent: one that is there does it itself.
 *
 * <p>In form agent nothing may be: an agent leaves no sign of life on its Node, so nobody can tell
 * that it is gone, and what its record lists as ackable says that this Node is drained, not that
 * the other VMs of the event are.
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
    if (note.isEmpty()) {
      return new Refused(
          "The Node "
              + node.name()
              + " has no note of a watcher, so nobody can tell that it is silent: form agent shows"
              + " no sign of life on the Node and may be there, waiting for other VMs.");
    }
    Instant heard = newestSign(note.get());
    if (heard.plus(SILENCE).isAfter(now)) {
      return new Refused(
          "The watcher of "
              + node.name()
              + " is there (heard of at "
              + heard
              + ") and acknowledges itself.");
    }
    Optional<String> objection = objection(node, record.get());
    if (objection.isPresent()) {
      return new Refused(
          "Nothing of " + node.name() + " may be acknowledged: " + objection.get() + ".");
    }
    List<String> events = events(record.get(), note.get());
    return events.isEmpty()
        ? new Refused(
            "Nothing of "
                + node.name()
                + " may be acknowledged: its record allows no event that is still to be.")
        : new Send(vm.get(), events);
  }

  /** A watcher that reads no document any more may still send, or run hooks. */
  private static Instant newestSign(ObservationNote note) {
    return Stream.of(
            Stream.of(note.readAt()),
            note.acks().stream().map(ObservationNote.Ack::at),
            note.hooks().stream().map(ObservationNote.HookNote::at))
        .flatMap(signs -> signs)
        .max(Comparator.naturalOrder())
        .orElse(note.readAt());
  }

  private static Optional<String> objection(NodeFacts node, NodeRecord record) {
    if (record.progress().state() != MaintenanceState.DRAINED) {
      return Optional.of("state " + record.progress().state().word());
    }
    if (record.progress().held() != HeldBy.NOTHING) {
      return Optional.of("the drain is held: " + record.progress().held().word());
    }
    return node.unschedulable()
        ? Optional.empty()
        : Optional.of("the Node is not cordoned, so new pods may have come");
  }

  private static List<String> events(NodeRecord record, ObservationNote note) {
    return record.events().stream()
        .filter(event -> event.status() == EventStatus.SCHEDULED && !event.isMadeUp())
        .map(NodeEvent::id)
        .filter(record.drain()::isDrainedFor)
        .filter(id -> record.drain().ackable().stream().anyMatch(id::equalsIgnoreCase))
        .filter(
            id ->
                note.acks().stream()
                    .noneMatch(ack -> ack.id().equalsIgnoreCase(id) && ack.status() == 200))
        .toList();
  }
}
