package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.drainsafe.DrainSafeState;
import io.drainwatch.drainer.drainsafe.DrainSafeTakeover;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What DrainSafe had begun on the Node, as an episode to go on with ({@code compat.drainsafe:
 * read}; drain-scripts.md part 5). DrainSafe does not say which event it served, so the episode
 * begins with one of its own that no document ever names: events that do stand join it; where none
 * does, two documents are the end of it, and the Node is given back.
 *
 * <p>Drained is only ever said by a fence of our own (I1): what DrainSafe called so is drained
 * again, which an empty Node takes no time for.
 *
 * <p>Once: a Node that carries our record, or the summary of one, is not asked any more.
 * DrainSafe's annotations are left as they are.
 */
public final class TakingOver {
  private static final String NO_TYPE = "Unknown";

  private TakingOver() {}

  /** Whether a maintenance of DrainSafe's is under way on the Node. */
  public static boolean isDue(NodeFacts node, DrainSafeMode mode) {
    return found(node, mode).isPresent();
  }

  /** The cordon on the Node is to be called ours in the first record written there. */
  static boolean isCordonOurs(NodeFacts node, DrainSafeMode mode) {
    return found(node, mode).filter(DrainSafeTakeover.HalfDone::cordonIsOurs).isPresent();
  }

  /**
   * @param begun by a document that was read before the Node was: it goes on, and only the cordon
   *     is taken over
   */
  static Optional<Episode> of(
      NodeFacts node,
      Machine machine,
      Optional<Episode> begun,
      DrainSafeMode mode,
      Policy policy,
      Instant now) {
    return begun.isPresent()
        ? begun.filter(each -> isCordonOurs(node, mode)).map(Episode::withCordonTakenOver)
        : found(node, mode).map(half -> episode(half, node, machine, policy, now));
  }

  private static Optional<DrainSafeTakeover.HalfDone> found(NodeFacts node, DrainSafeMode mode) {
    boolean hasRecord =
        node.annotations().containsKey(NodeKeys.RECORD)
            || node.annotations().containsKey(NodeKeys.LAST);
    return DrainSafeTakeover.of(mode, node.annotations(), node.unschedulable(), hasRecord)
            instanceof DrainSafeTakeover.HalfDone half
        ? Optional.of(half)
        : Optional.empty();
  }

  private static Episode episode(
      DrainSafeTakeover.HalfDone half,
      NodeFacts node,
      Machine machine,
      Policy policy,
      Instant now) {
    MaintenanceState state = state(half.state());
    boolean started = state == MaintenanceState.MAINTENANCE_STARTED;
    TrackedEvent tracked = event(half, started, node, machine, policy, now);
    return new Episode(
        tracked.event().id() + "/" + machine.vmName(),
        machine,
        now,
        now,
        state,
        Map.of(state, now),
        List.of(tracked),
        tracked.deadline(),
        Map.of(),
        half.cordonIsOurs() ? Episode.Step.DONE : Episode.Step.NOT_BEGUN,
        half.cordonIsOurs(),
        false,
        false,
        started ? Episode.Step.DONE : Episode.Step.NOT_BEGUN,
        Episode.Step.NOT_BEGUN,
        started
            ? new DrainResult(DrainResult.Outcome.STOPPED, "taken over from DrainSafe", List.of())
            : new DrainResult(DrainResult.Outcome.OPEN, "", List.of()),
        false,
        false,
        Optional.empty(),
        false);
  }

  private static MaintenanceState state(DrainSafeState theirs) {
    MaintenanceState ours = theirs.state().orElseThrow();
    return ours == MaintenanceState.DRAINED ? MaintenanceState.DRAINING : ours;
  }

  private static TrackedEvent event(
      DrainSafeTakeover.HalfDone half,
      boolean started,
      NodeFacts node,
      Machine machine,
      Policy policy,
      Instant now) {
    ScheduledEvent event =
        new ScheduledEvent(
            ScheduledEvent.MADE_UP + node.uid(),
            false,
            half.type().isBlank() ? NO_TYPE : half.type(),
            started ? EventStatus.STARTED : EventStatus.SCHEDULED,
            EventSource.PLATFORM,
            "VirtualMachine",
            List.of(machine.vmName()),
            Optional.empty(),
            Optional.empty(),
            "Taken over from DrainSafe.",
            Optional.empty());
    return TrackedEvent.takenOver(event, policy.ruleFor(event), now);
  }
}
