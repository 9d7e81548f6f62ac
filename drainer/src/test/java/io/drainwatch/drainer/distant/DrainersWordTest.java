package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the record on the Node means for the core. */
class DrainersWordTest extends DistantTable {
  private static final Observation CORDONED = new Observation.CordonDone(false);
  private static final Observation EVICTED = new Observation.EvictionsEnded(List.of());
  private static final Observation GIVEN_BACK = new Observation.UncordonDone();
  private static final Observation APPEARED =
      new Observation.PodsAppeared(List.of("as the record on the Node says"));
  private static final Observation HELD = new Observation.ForeignUncordon("A/" + TwoSided.VM);

  private static Arguments row(String what, Consumer<Standing> how, Observation... told) {
    return Arguments.of(what, how, List.of(told));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        row("a cordon that stands", s -> s.cordon = Episode.Step.BEGUN, CORDONED),
        row(
            "a Node that is not cordoned yet",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.unschedulable = false;
            }),
        row(
            "a cordon that the record does not know of",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.isCordonedByRecord = false;
            }),
        row(
            "a record held by the budget",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.isCordonedByRecord = false;
              s.heldBy = HeldBy.BUDGET;
              s.recorded = MaintenanceState.MAINTENANCE_SCHEDULED;
              s.phase = Phase.HELD;
            }),
        row(
            "no record",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.hasRecord = false;
            }),
        row(
            "another event's record",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.recordedId = "B";
            }),
        row(
            "the same id in another case",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.recordedId = "a";
            },
            CORDONED),
        row(
            "another Node's record",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.recordedUid = "other";
            }),
        row(
            "a cordon that never came, on the way back",
            s -> {
              s.cordon = Episode.Step.BEGUN;
              s.state = MaintenanceState.UNCORDONED;
              s.hasRecord = false;
            },
            CORDONED),
        row("pods that are being evicted", s -> s.evictions = Episode.Step.BEGUN),
        row(
            "pods that are gone",
            s -> {
              s.evictions = Episode.Step.BEGUN;
              s.phase = Phase.DETACHING;
            },
            EVICTED),
        row(
            "Drained for our event",
            s -> {
              s.evictions = Episode.Step.BEGUN;
              s.recorded = MaintenanceState.DRAINED;
              s.phase = Phase.ACKNOWLEDGING;
              s.drained = List.of("a");
            },
            EVICTED),
        row(
            "Drained for another event",
            s -> {
              s.evictions = Episode.Step.BEGUN;
              s.recorded = MaintenanceState.DRAINED;
              s.drained = List.of("B");
            }),
        row(
            "a deadline that the drainer reached",
            s -> {
              s.evictions = Episode.Step.BEGUN;
              s.phase = Phase.DEADLINE_REACHED;
            }),
        row("evictions that were stopped here", s -> s.phase = Phase.DETACHING),
        row("pods that appeared after the end", s -> s.evictions = Episode.Step.DONE, APPEARED),
        row(
            "pods that appeared after Drained",
            s -> {
              s.evictions = Episode.Step.DONE;
              s.state = MaintenanceState.DRAINED;
              s.drain = new DrainResult(DrainResult.Outcome.COMPLETE, "", List.of());
              s.phase = Phase.BLOCKED;
            },
            APPEARED),
        row(
            "pods that are still there after a drain that failed",
            s -> {
              s.evictions = Episode.Step.DONE;
              s.drain = new DrainResult(DrainResult.Outcome.FAILED, "", List.of());
            }),
        row(
            "somebody uncordoned",
            s -> {
              s.heldBy = HeldBy.FOREIGN_UNCORDON;
              s.phase = Phase.HELD;
              s.isCordonedByRecord = false;
              s.unschedulable = false;
            },
            HELD),
        row(
            "somebody uncordoned, as is known",
            s -> {
              s.heldBy = HeldBy.FOREIGN_UNCORDON;
              s.held = Optional.of(Episode.Held.FOREIGN_UNCORDON);
            }),
        row(
            "a Node that is not given back yet",
            s -> {
              s.uncordon = Episode.Step.BEGUN;
              s.state = MaintenanceState.UNCORDONED;
              s.recorded = MaintenanceState.RUNNING;
            }),
        row(
            "a Node that was given back",
            s -> {
              s.uncordon = Episode.Step.BEGUN;
              s.state = MaintenanceState.UNCORDONED;
              s.hasRecord = false;
            },
            GIVEN_BACK));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void answersTheCore(String what, Consumer<Standing> how, List<Observation> told) {
    how.accept(standing);
    step();
    see();
    assertThat(reports()).containsExactlyElementsOf(told);
    see();
    assertThat(reports()).as("said once").containsExactlyElementsOf(told);
  }

  @Test
  @DisplayName("K52 a Node that is gone needs no uncordon")
  void needsNoUncordonWithoutANode() {
    standing.uncordon = Episode.Step.BEGUN;
    standing.state = MaintenanceState.UNCORDONED;
    step();
    observe(new DistantObservation.NodeSeen(new NodeReading.Unknown("time-out")));
    assertThat(reports()).isEmpty();
    observe(new DistantObservation.NodeSeen(new NodeReading.Gone()));
    assertThat(reports()).containsExactly(GIVEN_BACK);
  }

  @Test
  void doesNothingInDryRun() {
    standing.cordon = Episode.Step.BEGUN;
    DistantWork dry = new DistantWork(Policy.defaults(), false);
    DistantStep first =
        dry.next(
            DistantState.of(TwoSided.NODE),
            new DistantObservation.Stepped(standing.watch(), Health.OK, Set.of()),
            Standing.NOW);
    DistantStep second =
        dry.next(first.state(), new DistantObservation.NodeSeen(standing.reading()), Standing.NOW);
    assertThat(first.actions()).isEmpty();
    assertThat(second.actions()).isEmpty();
  }
}
