package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An acknowledgement that did not leave the machine, or that somebody else sent in its place
 * (kubernetes-drain.md 13).
 */
class WithheldTest extends Scenario {
  private List<Instant> asked = List.of();

  private void drainsFor(Events... events) {
    asked = timesOf(Action.Acknowledge.class);
    platform(events);
    vm.start();
  }

  private Acknowledgement of(String eventId) {
    return episode().events().stream()
        .filter(each -> each.event().id().equals(eventId))
        .map(TrackedEvent::acknowledgement)
        .findFirst()
        .orElseThrow();
  }

  private void is(String eventId, Observation answer) {
    vm.acknowledgeAnswers =
        id ->
            id.equals(eventId)
                ? answer
                : VirtualShell.answerOfThePlatform(id, vm.acknowledgementFails);
  }

  @Test
  @DisplayName("what is withheld is asked for every 30 s, and is no try")
  void asksNowAndThen() {
    vm.acknowledgeAnswers = Observation.AcknowledgeWithheld::new;
    drainsFor(Events.reboot("A"));
    vm.run("70S");
    assertThat(secondsSinceStart(asked)).containsExactly(0L, 30L, 60L);
    assertThat(of("A").mayHaveCounted()).as("nobody was told to go ahead").isFalse();
  }

  @Test
  @DisplayName("what the service does not confirm is asked for every 5 s, and is no try")
  void asksAgainForWhatIsNotConfirmed() {
    vm.acknowledgeAnswers = Observation.AcknowledgeUnconfirmed::new;
    drainsFor(Events.reboot("A"));
    vm.run("12S");
    assertThat(secondsSinceStart(asked)).containsExactly(0L, 5L, 10L);
    assertThat(of("A").mayHaveCounted()).isFalse();
  }

  @Test
  @DisplayName("an event that goes while its acknowledgement was withheld was cancelled")
  void isCancelledThoughItWasAsked() {
    vm.acknowledgeAnswers = Observation.AcknowledgeWithheld::new;
    drainsFor(Events.reboot("A"));
    vm.run("10S");
    platform();
    vm.run("10S");
    assertThat(summary().ending()).isEqualTo(Summary.Ending.CANCELLED);
  }

  @Test
  @DisplayName("what is allowed leaves at once, whatever the case of the id")
  void leavesAtOnceWhenAllowed() {
    vm.acknowledgeAnswers = Observation.AcknowledgeWithheld::new;
    drainsFor(Events.reboot("A"));
    vm.run("10S");
    is("none", null);
    vm.observe(new Observation.AcknowledgeAllowed("a"));
    vm.run("0.5S");
    assertThat(of("A").accepted()).isTrue();
    assertThat(secondsSinceStart(asked)).containsExactly(0L, 10L);
  }

  @Test
  @DisplayName("a word for one event is none for another")
  void keepsTwoEventsApart() {
    is("A", new Observation.AcknowledgeWithheld("A"));
    drainsFor(Events.reboot("A"), Events.redeploy("B"));
    vm.run("2S");
    assertThat(of("A").mayHaveCounted()).isFalse();
    assertThat(of("B").accepted()).isTrue();
    vm.observe(new Observation.AcknowledgeAllowed("B"));
    vm.run("2S");
    assertThat(vm.posted).as("A waits on, B was sent").containsExactlyInAnyOrder("A", "B");
    vm.observe(new Observation.AcknowledgedElsewhere("B"));
    vm.observe(new Observation.AcknowledgeWithheld("B"));
    vm.observe(new Observation.AcknowledgeUnconfirmed("B"));
    assertThat(of("B").accepted()).as("it was accepted").isTrue();
    assertThat(of("B").tries()).isEqualTo(1);
  }

  @Test
  @DisplayName("two in flight: one withheld, the other unconfirmed")
  void tellsTwoInFlightApart() {
    vm.acknowledgeAnswers = id -> new Observation.Tick();
    drainsFor(Events.reboot("A"), Events.redeploy("B"));
    vm.run("2S");
    assertThat(of("A").inFlight() && of("B").inFlight()).isTrue();
    vm.observe(new Observation.AcknowledgeWithheld("B"));
    assertThat(of("A").inFlight()).isTrue();
    assertThat(of("B").inFlight()).isFalse();
    vm.observe(new Observation.AcknowledgeUnconfirmed("A"));
    assertThat(of("A").inFlight()).isFalse();
    assertThat(of("A").nextTry()).contains(at("7S"));
    assertThat(of("B").nextTry()).contains(at("32S"));
  }

  @Test
  @DisplayName("an answer is the answer to the request that is under way, and to no other event's")
  void takesAnAnswerForTheRightEvent() {
    vm.acknowledgeAnswers = id -> new Observation.Tick();
    drainsFor(Events.reboot("A"), Events.redeploy("B"));
    vm.run("2S");
    vm.observe(VirtualShell.answerOfThePlatform("b", false));
    assertThat(of("B").accepted()).isTrue();
    assertThat(of("A").inFlight()).isTrue();
    vm.observe(VirtualShell.answerOfThePlatform("B", true));
    assertThat(of("B").accepted()).as("nothing was under way").isTrue();
    assertThat(vm.said(Reason.ACKNOWLEDGE_FAILED)).isFalse();
  }

  @Test
  @DisplayName("one sent elsewhere has run when it vanishes, and ours is sent all the same")
  void knowsThatItWasSentElsewhere() {
    vm.acknowledgeAnswers = Observation.AcknowledgeWithheld::new;
    drainsFor(Events.reboot("A"), Events.redeploy("B"));
    vm.run("10S");
    vm.observe(new Observation.AcknowledgedElsewhere("a"));
    assertThat(of("A").mayHaveCounted()).isTrue();
    assertThat(of("B").mayHaveCounted()).isFalse();
    vm.observe(new Observation.AcknowledgedElsewhere("A"));
    assertThat(of("A").tries()).as("said twice is sent once").isEqualTo(1);
    vm.run("21S");
    assertThat(vm.posted).containsExactlyInAnyOrder("A", "B", "A", "B");
    platform();
    vm.run("10S");
    assertThat(vm.said(Reason.RAN_UNSEEN)).isTrue();
    assertThat(summary().ending()).isEqualTo(Summary.Ending.RETURNED);
  }

  @Test
  @DisplayName("of two, that which the record could not be written for waits, the other does not")
  void takesBackOnlyWhatWasNotSent() {
    vm.acknowledgeAnswers = id -> new Observation.Tick();
    drainsFor(Events.reboot("A"), Events.redeploy("B"));
    vm.run("2S");
    vm.observe(new Observation.NotRecorded("disk full", List.of("B")));
    assertThat(of("A").inFlight()).isTrue();
    assertThat(of("B").mayHaveCounted()).isFalse();
    assertThat(of("B").nextTry()).contains(at("3S"));
  }
}
