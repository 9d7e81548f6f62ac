package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.RecordReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which events the watcher may acknowledge (kubernetes-drain.md 13): those that the core would, if
 * the records of all other VMs named say drained too. A VM that is no Node has no record: there
 * {@code acknowledge.shared} decides.
 */
public final class SharedEvents {
  private SharedEvents() {}

  /** Ids of events that the record of a VM's Node calls drained; empty: the VM is no Node. */
  @FunctionalInterface
  public interface Records {
    Optional<Set<String>> drainedOn(String vmName);
  }

  public static Set<String> ackable(
      Episode episode,
      ObservationNote note,
      Lifecycle lifecycle,
      SharedAcknowledgement shared,
      Records records) {
    Predicate<TrackedEvent> mayGo =
        tracked ->
            lifecycle.whyNotAcknowledged(episode, tracked).isEmpty()
                && (tracked.rule().acknowledge() == AcknowledgeWhen.IMMEDIATELY
                    || othersAreDrained(tracked, note, shared, records));
    return episode.events().stream()
        .filter(mayGo)
        .map(tracked -> tracked.event().id())
        .collect(Collectors.toSet());
  }

  /** Whether what is on other Nodes matters here. */
  public static boolean waitsForOthers(Episode episode) {
    return episode.events().stream()
        .anyMatch(each -> each.event().namesOthersThan(episode.machine().vmName()));
  }

  private static boolean othersAreDrained(
      TrackedEvent tracked, ObservationNote note, SharedAcknowledgement shared, Records records) {
    return othersAreDrained(
        tracked.event().id(),
        named(tracked, note),
        note.more() > 0,
        note.vmName(),
        shared,
        records);
  }

  /**
   * @param named the VMs that the event names, in the platform's order
   * @param mayBeCut some of them may be missing
   */
  public static boolean othersAreDrained(
      String eventId,
      List<String> named,
      boolean mayBeCut,
      String self,
      SharedAcknowledgement shared,
      Records records) {
    boolean allAreNodes = !mayBeCut;
    for (String name : named) {
      if (name.equalsIgnoreCase(self)) {
        continue;
      }
      Optional<Set<String>> drained = records.drainedOn(name);
      if (drained.isEmpty()) {
        allAreNodes = false;
      } else if (drained.get().stream().noneMatch(eventId::equalsIgnoreCase)) {
        return false;
      }
    }
    return allAreNodes
        || switch (shared) {
          case NEVER -> false;
          case FIRST_RESOURCE -> !named.isEmpty() && named.getFirst().equalsIgnoreCase(self);
        };
  }

  /**
   * Ids of events that the record on a Node calls drained, as long as that lasts: a Node that was
   * uncordoned, restarted or is on its way back may have pods again.
   */
  public static Set<String> drainedOn(NodeFacts node) {
    NodeMachine anyVm = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    return RecordReading.of(node, anyVm) instanceof RecordReading.Resume(var record, var rebooted)
            && !rebooted
            && node.unschedulable()
            && record.progress().state() == MaintenanceState.DRAINED
            && record.progress().held() == HeldBy.NOTHING
            && record.prior().isPresent()
        ? Set.copyOf(record.drain().drained())
        : Set.of();
  }

  // In the platform's order, which the core's own event does not keep.
  private static List<String> named(TrackedEvent tracked, ObservationNote note) {
    return note.events().stream()
        .filter(event -> event.id().equalsIgnoreCase(tracked.event().id()))
        .map(NodeEvent::resources)
        .findFirst()
        .orElse(tracked.event().resources());
  }
}
