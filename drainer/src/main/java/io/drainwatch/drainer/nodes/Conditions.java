package io.drainwatch.drainer.nodes;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which conditions a Node has for a record, and whether they are to be written now
 * (kubernetes-drain.md 17). Nothing is written that {@code did.conditions} does not name.
 */
public final class Conditions {
  /** Conditions of a Node are not written more often. */
  public static final Duration PACE = Duration.ofSeconds(10);

  private static final String WINDOW = "MaintenanceWindow";
  private static final String REQUESTED = "AdminRequested";
  private static final String COMPLETED = "DrainCompleted";
  private static final String EXCEEDED = "DeadlineExceeded";
  private static final String CANCELLED = "Cancelled";

  private Conditions() {}

  /**
   * Whether something is to be written.
   *
   * @param causes why pods are still there
   * @param lastWritten when we wrote conditions of this Node last
   */
  public static ConditionStep next(
      NodeFacts node,
      NodeRecord record,
      boolean cancelled,
      List<Cause> causes,
      Optional<Instant> lastWritten,
      Instant now) {
    if (!record.did().conditions() || !node.uid().equals(record.machine().nodeUid())) {
      return new ConditionStep.Nothing();
    }
    List<NodeCondition> changed = new ArrayList<>();
    for (NodeCondition wanted : wanted(record, cancelled, causes, now)) {
      Optional<NodeCondition> there = on(node, wanted.type());
      if (there.map(wanted::saysTheSameAs).orElse(false)) {
        continue;
      }
      changed.add(there.map(before -> keepsItsTime(wanted, before)).orElse(wanted));
    }
    if (changed.isEmpty()) {
      return new ConditionStep.Nothing();
    }
    return paced(
        new ConditionPatch(node.resourceVersion(), changed, List.of(), seconds(now)),
        lastWritten,
        now);
  }

  /** After the restoring patch: those of our types go, if the record said that they are ours. */
  public static Optional<ConditionPatch> clear(NodeFacts node, NodeRecord record, Instant now) {
    List<ConditionType> there =
        Arrays.stream(ConditionType.values()).filter(type -> on(node, type).isPresent()).toList();
    if (there.isEmpty()
        || !record.did().conditions()
        || !node.uid().equals(record.machine().nodeUid())) {
      return Optional.empty();
    }
    return Optional.of(new ConditionPatch(node.resourceVersion(), List.of(), there, seconds(now)));
  }

  private static ConditionStep paced(
      ConditionPatch patch, Optional<Instant> lastWritten, Instant now) {
    // a clock that was stepped back must not silence the conditions until it has caught up
    Optional<Instant> notBefore =
        lastWritten.filter(last -> !last.isAfter(now)).map(last -> last.plus(PACE));
    return notBefore
        .filter(now::isBefore)
        .<ConditionStep>map(ConditionStep.Later::new)
        .orElseGet(() -> new ConditionStep.Send(patch));
  }

  /** In the order of the types; a type that has nothing to say yet is left out. */
  static List<NodeCondition> wanted(
      NodeRecord record, boolean cancelled, List<Cause> causes, Instant now) {
    MaintenanceState state = record.progress().state();
    boolean isBeforeStart = state.isBefore(MaintenanceState.MAINTENANCE_STARTED);
    Instant at = seconds(now);
    List<NodeCondition> out = new ArrayList<>();
    out.add(
        new NodeCondition(
            ConditionType.MAINTENANCE_PLANNED,
            isBeforeStart,
            WINDOW,
            // before the drain: what would hold it up
            record.progress().startedAt().isEmpty()
                ? ConditionMessage.of(planned(record), causes)
                : planned(record),
            at));
    if (!isBeforeStart) {
      out.add(
          new NodeCondition(
              ConditionType.MAINTENANCE_IN_PROGRESS,
              state == MaintenanceState.MAINTENANCE_STARTED,
              WINDOW,
              state == MaintenanceState.MAINTENANCE_STARTED
                  ? atWork(record)
                  : "The platform is done with this machine.",
              at));
    }
    if (record.progress().startedAt().isPresent()) {
      out.add(drain(record, cancelled, causes, at));
    }
    if (!record.drain().drained().isEmpty()) {
      out.add(
          new NodeCondition(
              ConditionType.DRAINED,
              !state.isBefore(MaintenanceState.DRAINED),
              COMPLETED,
              "All pods that had to go are gone.",
              at));
    }
    return out;
  }

  private static NodeCondition drain(
      NodeRecord record, boolean cancelled, List<Cause> causes, Instant at) {
    boolean held = record.progress().held() == HeldBy.FOREIGN_UNCORDON;
    boolean draining =
        record.progress().state().isBefore(MaintenanceState.DRAINED)
            && record.progress().phase() != Phase.DEADLINE_REACHED
            && !held
            && !cancelled;
    boolean drained = !record.drain().drained().isEmpty();
    if (draining) {
      return condition(true, REQUESTED, "The Node is being drained", causes, at);
    }
    if (drained) {
      return condition(false, COMPLETED, "The drain is complete", List.of(), at);
    }
    if (cancelled || held) {
      String why =
          cancelled ? "The event was cancelled" : "Somebody uncordoned the Node: the drain stops";
      return condition(false, CANCELLED, why, causes, at);
    }
    return condition(
        false, EXCEEDED, "The drain was not complete when its time was up", causes, at);
  }

  private static NodeCondition condition(
      boolean status, String reason, String first, List<Cause> causes, Instant at) {
    return new NodeCondition(
        ConditionType.DRAIN_IN_PROGRESS, status, reason, ConditionMessage.of(first, causes), at);
  }

  private static String atWork(NodeRecord record) {
    return record
        .progress()
        .fate()
        .map(fate -> "The VM " + fate.text() + ".")
        .orElse("The platform works on this machine.");
  }

  private static String planned(NodeRecord record) {
    NodeEvent event = record.events().getFirst();
    String when = event.notBefore().map(time -> ", not before " + time).orElse("");
    String others =
        record.events().size() > 1 ? " and " + (record.events().size() - 1) + " more events" : "";
    String held =
        switch (record.progress().held()) {
          case NOTHING -> "";
          case BUDGET -> " Waits for its turn in the pool.";
          case WINDOW -> " Waits for its window.";
          case FOREIGN_UNCORDON -> " Held: somebody uncordoned the Node.";
        };
    return event.type() + " (event " + event.id() + ")" + others + when + "." + held;
  }

  private static NodeCondition keepsItsTime(NodeCondition wanted, NodeCondition before) {
    return wanted.status() == before.status()
        ? new NodeCondition(
            wanted.type(), wanted.status(), wanted.reason(), wanted.message(), before.changedAt())
        : wanted;
  }

  private static Optional<NodeCondition> on(NodeFacts node, ConditionType type) {
    return node.conditions().stream().filter(each -> each.type() == type).findFirst();
  }

  private static Instant seconds(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS);
  }
}
