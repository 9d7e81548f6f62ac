package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** I10: an error, an empty body or a stale document is never read as "no events". */
record NewsCheck(
    Watch before, Observation observation, Transition step, LifecycleSettings settings) {

  void check(List<Invariants.Violation> broken) {
    if (before.episode().isEmpty() || step.watch().episode().isEmpty()) {
      return;
    }
    Episode was = before.episode().get();
    Episode is = step.watch().episode().get();
    if (!was.id().equals(is.id())) {
      return;
    }
    for (TrackedEvent earlier : was.events()) {
      for (TrackedEvent now : is.events()) {
        if (earlier.event().key().equals(now.event().key())
            && earlier.absentFrom() < now.absentFrom()
            && !isNewsOfTheEndOf(earlier)) {
          broken.add(
              new Invariants.Violation(
                  "I10", "takes " + observation + " for news of " + earlier.event().id()));
        }
      }
    }
  }

  private boolean isNewsOfTheEndOf(TrackedEvent tracked) {
    boolean byHand = tracked.event().source() == EventSource.OPERATOR;
    return switch (observation) {
      case Observation.DocumentRead(Document document) ->
          !byHand
              && step.watch().newest().equals(Optional.of(document))
              && document.events().stream()
                  .filter(event -> event.key().equals(tracked.event().key()))
                  .noneMatch(this::namesUs);
      case Observation.EmptyAnswer() -> !byHand && hasRunLongEnough();
      case Observation.NodeConditionsRead(var events) ->
          (tracked.event().source() == EventSource.NODE_CONDITION || tracked.event().isMadeUp())
              && events.stream().noneMatch(event -> event.key().equals(tracked.event().key()));
      case Observation.OperatorResume() -> byHand;
      case Observation.GroupSeen ignored -> false;
      case Observation.ReadFailed ignored -> false;
      case Observation.Tick ignored -> false;
      case Observation.ClockStepped ignored -> false;
      case Observation.DaemonStarted ignored -> false;
      case Observation.Recorded ignored -> false;
      case Observation.NotRecorded ignored -> false;
      case Observation.CordonDone ignored -> false;
      case Observation.HookListed ignored -> false;
      case Observation.ScriptEnded ignored -> false;
      case Observation.EvictionsEnded ignored -> false;
      case Observation.UncordonDone ignored -> false;
      case Observation.AcknowledgeAnswered ignored -> false;
      case Observation.AcknowledgeWithheld ignored -> false;
      case Observation.AcknowledgeUnconfirmed ignored -> false;
      case Observation.AcknowledgeAllowed ignored -> false;
      case Observation.AcknowledgedElsewhere ignored -> false;
      case Observation.NodeReplaced ignored -> false;
      case Observation.NodeGone ignored -> false;
      case Observation.MachineFound ignored -> false;
      case Observation.ForeignUncordon ignored -> false;
      case Observation.PodsAppeared ignored -> false;
      case Observation.RecordFound ignored -> false;
      case Observation.OperatorDrain ignored -> false;
    };
  }

  private boolean namesUs(ScheduledEvent event) {
    return step.watch().machine().map(machine -> event.names(machine.vmName())).orElse(false);
  }

  /** An empty answer at the end of an unbroken run counts as a document without events. */
  boolean hasRunLongEnough() {
    return before.empties().isPresent()
        && step.watch().empties().isPresent()
        && Duration.between(before.empties().get().since(), step.watch().empties().get().last())
                .compareTo(settings.emptyRun())
            >= 0;
  }
}
