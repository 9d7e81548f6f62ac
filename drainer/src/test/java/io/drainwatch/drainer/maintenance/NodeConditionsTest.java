package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that conditions of a Node tell of, where the metadata service is out of reach. */
class NodeConditionsTest extends Scenario {

  @BeforeEach
  void theServiceIsOutOfReach() {
    vm.answers = VirtualVm.Answers.ERROR;
  }

  private static ScheduledEvent told(String id, String type, String in) {
    ScheduledEvent event = Events.of(type, id).in(in).event();
    return new ScheduledEvent(
        event.id(),
        false,
        event.type(),
        event.status(),
        EventSource.NODE_CONDITION,
        event.resourceType(),
        List.of(),
        event.notBefore(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private void conditions(ScheduledEvent... events) {
    vm.observe(new Observation.NodeConditionsRead(List.of(events)));
  }

  @Test
  void drainAndDoNotAcknowledge() {
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("60S");

    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(episode().deadline()).contains(at("14M"));
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void areNotAcknowledgedByARuleThatSaysImmediately() {
    with(Rules.forAll().acknowledging(AcknowledgeWhen.IMMEDIATELY));
    vm.answers = VirtualVm.Answers.ERROR;
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("60S");

    assertThat(vm.posted).isEmpty();
  }

  @Test
  void endWhenConditionsSayTwiceThatNothingIsScheduled() {
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(5));
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("10S");
    conditions();
    vm.run("1S");
    assertThat(calls()).endsWith("stop evictions");
    assertThat(vm.state()).as("said once").contains(MaintenanceState.DRAINING);
    conditions();
    vm.run("2M");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.CANCELLED);
    assertThat(calls()).contains("uncordon");
  }

  @Test
  void endNoEventThatADocumentToldOf() {
    vm.answers = VirtualVm.Answers.DOCUMENT;
    platform(Events.reboot("A"));
    vm.start().run("2S");
    vm.answers = VirtualVm.Answers.ERROR;
    conditions();
    conditions();
    conditions();
    vm.run("60S");

    assertThat(episode().events()).singleElement().matches(TrackedEvent::isInNewestDocument);
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void doNotTellAnewOfWhatADocumentToldOf() {
    vm.answers = VirtualVm.Answers.DOCUMENT;
    platform(Events.reboot("A"));
    vm.start().run("2S");
    vm.answers = VirtualVm.Answers.ERROR;
    conditions(told("c1", "Reboot", "15M"));
    vm.run("2S");
    assertThat(episode().events()).hasSize(1);

    conditions(told("c2", "Preempt", "60S"));
    vm.run("1S");
    assertThat(episode().events()).as("another type is another event").hasSize(2);
  }

  @Test
  void giveWayToTheDocumentThatKnowsTheEvent() {
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("20S");
    vm.answers = VirtualVm.Answers.DOCUMENT;
    platform(Events.reboot("A"));
    vm.run("60S");

    assertThat(vm.posted).containsExactly("A");
    assertThat(vm.summaries).isEmpty();
  }

  @Test
  void areAcknowledgedOnceTheServiceTellsOfThatVeryId() {
    vm.start();
    conditions(told("A", "Preempt", "5M"));
    vm.run("20S");
    assertThat(vm.posted).isEmpty();
    vm.answers = VirtualVm.Answers.DOCUMENT;
    platform(Events.of("Preempt", "A").in("5M"));
    vm.run("5S");

    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void areOverWhenTwoDocumentsDoNotKnowThem() {
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("20S");
    vm.answers = VirtualVm.Answers.DOCUMENT;
    platform();
    vm.run("2M");

    assertThat(summary().ending()).isEqualTo(Summary.Ending.CANCELLED);
  }

  @Test
  void bringAMachineBackThatWasRestarted() {
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("60S");
    vm.reboot("boot-2");
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("5S");
    conditions();
    conditions();
    vm.run("2M");

    assertThat(summary().ending()).isEqualTo(Summary.Ending.RETURNED);
  }

  @Test
  void areOneEventWhateverTouchesTheCondition() {
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("20S");
    conditions(told("c2", "Reboot", "16M"));
    conditions(told("c3", "Reboot", "16M"));
    conditions(told("c4", "Reboot", "16M"));
    vm.run("1S");

    assertThat(episode().events()).singleElement().matches(each -> each.event().id().equals("c1"));
    assertThat(episode().events().getFirst().isInNewestDocument()).isTrue();
  }

  @Test
  void areAnotherEventOnceTheOneOfTheirTypeIsOver() {
    vm.start();
    conditions(told("c1", "Reboot", "15M"));
    vm.run("20S");
    conditions();
    conditions();
    conditions(told("c2", "Reboot", "30M"));
    vm.run("2M");

    assertThat(episode().events())
        .filteredOn(each -> !each.isGone())
        .singleElement()
        .matches(each -> each.event().id().equals("c2"));
  }

  @Test
  void takeNoEventOfAnotherSource() {
    assertThatThrownBy(
            () -> new Observation.NodeConditionsRead(List.of(Events.reboot("A").event())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPolicyOfUnknownSourcesMatchesThem() {
    Policy policy =
        Rules.policy(Rules.forAll().from(EventSource.UNKNOWN).doing(PolicyAction.OBSERVE));

    assertThat(policy.ruleFor(told("c1", "Reboot", "15M")).action())
        .isEqualTo(PolicyAction.OBSERVE);
  }
}
