package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.drainwatch.drainer.nodes.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the record on the Node means for an acknowledgement. */
class AckGateTest extends DistantTable {
  private static final Observation WITHHELD = new Observation.AcknowledgeWithheld("A");
  private static final Observation ALLOWED = new Observation.AcknowledgeAllowed("A");

  private static Arguments row(String what, Consumer<Standing> how, Observation... told) {
    return Arguments.of(what, how, List.of(told));
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
              s.drained = List.of("A");
              s.ackable = List.of("A");
              s.heldBy = HeldBy.FOREIGN_UNCORDON;
              s.held = Optional.of(Episode.Held.FOREIGN_UNCORDON);
            },
            WITHHELD),
        row(
            "the drainer holds it for over",
            s -> {
              s.drained = List.of("A");
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
    standing.policy = acknowledging(AcknowledgeWhen.EVEN_IF_FAILED);
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
  @DisplayName("I1 what was withheld and is accepted from outside meanwhile is not sent")
  void learnsThatItWasAcceptedOutside() {
    drainedHere();
    observe(new DistantObservation.AcknowledgeAsked("A"));
    see();
    standing.acceptedOutside("a");
    see();
    assertThat(reports())
        .containsExactly(WITHHELD, new Observation.AcknowledgedElsewhere("A"), ALLOWED);
    observe(new DistantObservation.AcknowledgeAsked("A"));
    assertThat(reports())
        .endsWith(
            new Observation.AcknowledgeAnswered(
                "A", Observation.AcknowledgeAnswered.Answer.ACCEPTED, Optional.empty()));
    assertThat(posts()).isEmpty();
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
    standing.policy = acknowledging(AcknowledgeWhen.IMMEDIATELY);
    assertThat(refusal(LifecycleSettings.defaults().withOthersJudgedElsewhere())).isPresent();
  }

  private Optional<String> refusal(LifecycleSettings settings) {
    Episode episode = standing.episode();
    return new Lifecycle(settings).whyNotAcknowledged(episode, episode.events().getFirst());
  }

  private static Policy acknowledging(AcknowledgeWhen when) {
    return new Policy(
        List.of(
            new PolicyRule(
                "other than by default",
                List.of("Reboot"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(when),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }

  private void drainedHere() {
    standing.state = MaintenanceState.DRAINED;
    standing.recorded = MaintenanceState.DRAINED;
    standing.phase = Phase.ACKNOWLEDGING;
    standing.drained = List.of("A");
    step();
    see();
  }
}
