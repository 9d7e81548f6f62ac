package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.PolicyRule;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.Phase;
import java.time.Duration;
import java.util.ArrayList;
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

/** What the record on the Node means for the core, and for an acknowledgement. */
class DrainersWordTest {
  private static final Observation CORDONED = new Observation.CordonDone(false);
  private static final Observation EVICTED = new Observation.EvictionsEnded(List.of());
  private static final Observation GIVEN_BACK = new Observation.UncordonDone();
  private static final Observation APPEARED =
      new Observation.PodsAppeared(List.of("as the record on the Node says"));
  private static final Observation HELD = new Observation.ForeignUncordon();
  private static final Observation WITHHELD = new Observation.AcknowledgeWithheld("A");
  private static final Observation ALLOWED = new Observation.AcknowledgeAllowed("A");

  private final DistantWork work = new DistantWork(Policy.defaults(), true);
  private final Standing standing = new Standing();
  private final List<DistantAction> actions = new ArrayList<>();
  private DistantState state = DistantState.of(TwoSided.NODE);

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

  static Stream<Arguments> gates() {
    return Stream.of(
        row("no record", s -> s.hasRecord = false, WITHHELD),
        row("Drained, and others named are not", s -> s.drained = List.of("A"), WITHHELD),
        row("another event is ackable", s -> s.ackable = List.of("B"), WITHHELD),
        row(
            "another Node's record says so",
            s -> {
              s.ackable = List.of("A");
              s.recordedUid = "other";
            },
            WITHHELD),
        row(
            "somebody uncordoned",
            s -> {
              s.ackable = List.of("A");
              s.heldBy = HeldBy.FOREIGN_UNCORDON;
              s.held = Optional.of(Episode.Held.FOREIGN_UNCORDON);
            },
            WITHHELD),
        row(
            "the drainer holds it for over",
            s -> {
              s.ackable = List.of("A");
              s.recorded = MaintenanceState.RUNNING;
              s.phase = Phase.RECOVERING;
            },
            WITHHELD),
        row("ackable, but not recorded as drained", s -> s.ackable = List.of("A"), WITHHELD),
        row(
            "the Node is not cordoned any more",
            s -> {
              s.drained = List.of("A");
              s.ackable = List.of("A");
              s.unschedulable = false;
            },
            WITHHELD),
        row(
            "it is ackable",
            s -> {
              s.drained = List.of("A");
              s.ackable = List.of("A");
            }),
        row(
            "it is ackable in another case",
            s -> {
              s.drained = List.of("A");
              s.ackable = List.of("a");
            }),
        row(
            "an event that is only observed",
            s -> {
              s.event = TwoSided.event("A", "Freeze", Duration.ofMinutes(15));
              s.hasRecord = false;
            }));
  }

  @ParameterizedTest(name = "I1 {0}")
  @MethodSource("gates")
  void letsOutWhatTheRecordAllows(String what, Consumer<Standing> how, List<Observation> told) {
    how.accept(standing);
    standing.state = MaintenanceState.DRAINED;
    standing.recorded =
        standing.recorded == MaintenanceState.DRAINING
            ? MaintenanceState.DRAINED
            : standing.recorded;
    standing.phase = standing.phase == Phase.EVICTING ? Phase.ACKNOWLEDGING : standing.phase;
    step();
    see();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    assertThat(reports()).containsExactlyElementsOf(told);
    assertThat(posts()).hasSize(told.isEmpty() ? 1 : 0);
  }

  @Test
  @DisplayName(
      "a drain that failed is acknowledged where the rule says so, and the record allows it")
  void acknowledgesEvenIfFailed() {
    standing.policy =
        new Policy(
            List.of(
                new PolicyRule(
                    "all the same",
                    List.of("Reboot"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(AcknowledgeWhen.EVEN_IF_FAILED),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));
    standing.drain = new DrainResult(DrainResult.Outcome.FAILED, "a hook failed", List.of());
    see();
    step();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    assertThat(posts()).isEmpty();
    standing.ackable = List.of("A");
    see();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    assertThat(posts()).hasSize(1);
  }

  @Test
  @DisplayName("I1 what was withheld is asked for anew once the record allows it, and leaves once")
  void tellsWhenItIsAllowed() {
    drainedHere();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    see();
    assertThat(reports()).containsExactly(WITHHELD);
    standing.ackable = List.of("A");
    see();
    see();
    assertThat(reports()).containsExactly(WITHHELD, ALLOWED);
    assertThat(posts()).isEmpty();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    see();
    assertThat(posts()).hasSize(1);
  }

  @Test
  @DisplayName("K62 what was withheld is forgotten with its event")
  void forgetsWhatIsOver() {
    drainedHere();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    standing.absentFrom = 2;
    step();
    standing.ackable = List.of("A");
    see();
    assertThat(reports()).containsExactly(WITHHELD);
  }

  @Test
  @DisplayName("K71 and once it has started")
  void forgetsWhatHasStarted() {
    drainedHere();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    standing.event = TwoSided.started(standing.event);
    assertThat(standing.event.status()).isEqualTo(EventStatus.STARTED);
    step();
    standing.ackable = List.of("A");
    see();
    assertThat(reports()).containsExactly(WITHHELD);
  }

  @Test
  @DisplayName("K86 whether other VMs named are drained is the drainer's affair, where it is asked")
  void leavesOthersToTheDrainer() {
    Duration notice = Duration.ofMinutes(15);
    standing.state = MaintenanceState.DRAINED;
    standing.event = TwoSided.event("A", "Reboot", notice, "vm-2", TwoSided.VM);
    assertThat(refusal(LifecycleSettings.defaults())).isPresent();
    assertThat(refusal(LifecycleSettings.defaults().withOthersJudgedElsewhere())).isEmpty();
    // acknowledged at once, drainer or not: nobody but this machine's own rule is asked
    standing.policy =
        new Policy(
            List.of(
                new PolicyRule(
                    "policy",
                    List.of("Reboot"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(AcknowledgeWhen.IMMEDIATELY),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));
    assertThat(refusal(LifecycleSettings.defaults().withOthersJudgedElsewhere())).isPresent();
  }

  private Optional<String> refusal(LifecycleSettings settings) {
    Episode episode = standing.episode();
    return new Lifecycle(settings).whyNotAcknowledged(episode, episode.events().getFirst());
  }

  @Test
  void doesNothingInDryRun() {
    standing.cordon = Episode.Step.BEGUN;
    DistantWork dry = new DistantWork(Policy.defaults(), false);
    DistantStep first =
        dry.next(
            state,
            new DistantObservation.Stepped(standing.watch(), Health.OK, Set.of()),
            Standing.NOW);
    DistantStep second =
        dry.next(first.state(), new DistantObservation.NodeSeen(standing.reading()), Standing.NOW);
    assertThat(first.actions()).isEmpty();
    assertThat(second.actions()).isEmpty();
  }

  private void drainedHere() {
    standing.state = MaintenanceState.DRAINED;
    standing.recorded = MaintenanceState.DRAINED;
    standing.phase = Phase.ACKNOWLEDGING;
    standing.drained = List.of("A");
    step();
    see();
  }

  private void step() {
    observe(new DistantObservation.Stepped(standing.watch(), Health.OK, Set.of()));
  }

  private void see() {
    observe(new DistantObservation.NodeSeen(standing.reading()));
  }

  private void observe(DistantObservation observation) {
    DistantStep step = work.next(state, observation, Standing.NOW);
    state = step.state();
    actions.addAll(step.actions());
  }

  private List<Observation> reports() {
    return actions.stream()
        .filter(DistantAction.Report.class::isInstance)
        .map(DistantAction.Report.class::cast)
        .map(DistantAction.Report::observation)
        .toList();
  }

  private List<DistantAction> posts() {
    return actions.stream().filter(DistantAction.Acknowledge.class::isInstance).toList();
  }
}
