package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Someone else cordons or uncordons (I3; lifecycle.md, "Someone uncordons the node"). */
class ForeignUncordonTest extends Scenario {

  private void someoneUncordons() {
    vm.node.uncordonByOthers();
    vm.observe(vm.foreignUncordon());
  }

  @Test
  void keepsForeignCordon() {
    vm.node.cordonByOthers();
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("10S");
    assertThat(calls()).contains("uncordon nothing").doesNotContain("uncordon");
    assertThat(vm.node.isCordonedByOthers()).isTrue();
  }

  @Test
  void respectsAnUncordonInMidDrain() {
    vm.node.evictionsTake = Optional.empty();
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    someoneUncordons();
    vm.run("1M");
    assertThat(calls()).endsWith("end drain/10-a within 10 s", "stop evictions");
    assertThat(episode().held()).contains(Episode.Held.FOREIGN_UNCORDON);
    assertThat(episode().drain().reason()).isEqualTo("held: ForeignUncordon");
    assertThat(vm.posted).isEmpty();
    assertQuiet();
  }

  @Test
  void acknowledgesNothingAfterAnUncordonOfADrainedMachine() {
    with(LifecycleSettings.defaults());
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"));
    vm.start().run("1.5S");
    someoneUncordons();
    int posted = vm.posted.size();
    vm.run("2M");
    assertThat(vm.posted).hasSize(posted);
  }

  @Test
  void doesNotUndoACordonSetByOthersAfterTheUncordon() {
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform(Events.reboot("A").started());
    vm.run("5S");
    someoneUncordons();
    vm.node.cordonByOthers();
    platform();
    vm.run("20S");
    assertThat(vm.node.isCordonedByOthers()).isTrue();
    assertThat(calls()).contains("uncordon nothing");
  }

  @Test
  void doesNotCallACordonItsOwnThatWasUndoneBeforeItsAnswerCame() {
    platform(Events.reboot("A"));
    vm.polls = false;
    vm.start();
    vm.poll();
    someoneUncordons();
    vm.run("1S");
    assertThat(episode().cordonOurs()).isFalse();
    assertThat(episode().held()).isPresent();
  }

  @Test
  void drainsForANewEventThatComesWhileTheDrainIsHeld() {
    vm.endlessScript(Hook.DRAIN, "10-a").script(Hook.PRE_STOP, "10-a", "1S", 0);
    platform(Events.redeploy("A"));
    vm.start().run("10S");
    someoneUncordons();
    vm.run("30S");
    platform(Events.redeploy("A"), Events.preempt("B").in("70S"));
    vm.run("5S");
    assertThat(vm.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.OVERTAKEN);
    assertThat(episode().id()).isEqualTo("B/vm1");
    assertThat(episode().events()).extracting(each -> each.event().id()).contains("A", "B");
    assertThat(vm.node.isCordonedByUs()).isTrue();
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
  }

  @Test
  void drainsAgainByHandAfterAnUncordon() {
    platform(Events.redeploy("A"));
    vm.endlessScript(Hook.DRAIN, "10-a");
    vm.start().run("10S");
    someoneUncordons();
    vm.run("30S");
    vm.observe(new Observation.OperatorDrain("1", "Redeploy", Optional.empty()));
    vm.run("5S");
    assertThat(vm.runningScripts()).containsExactly("drain/10-a");
    assertThat(episode().held()).isEmpty();
  }

  @Test
  void startsWhatItStoppedAgainEvenThoughTheCordonIsNoLongerItsOwn() {
    scriptInEveryHook();
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("10S");
    someoneUncordons();
    platform();
    vm.run("1M");
    assertThat(calls())
        .contains(
            "pre-start/10-a #1", "post-start/10-a #1", "uncordon nothing", "uncordon/10-a #1");
  }

  @Test
  void callsNothingDrainedAnyMoreButWhatWasApproved() {
    vm.acknowledgeAnswers =
        id ->
            id.equals("A")
                ? VirtualShell.answerOfThePlatform(id, false)
                : new Observation.AcknowledgeWithheld(id);
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.start().run("10S");
    assertThat(episode().events()).allMatch(TrackedEvent::drained);
    someoneUncordons();
    assertThat(episode().events())
        .filteredOn(TrackedEvent::drained)
        .extracting(each -> each.event().id())
        .as("A was told, which cannot be taken back")
        .containsExactly("A");
  }

  @Test
  void holdsNothingThatIsBeingCancelled() {
    vm.endlessScript(Hook.CANCELLED, "10-c").endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    platform();
    vm.run("20S");
    assertThat(episode().cancelled()).isTrue();
    someoneUncordons();
    assertThat(episode().held()).isEmpty();
    assertThat(episode().cordonOurs()).as("nothing of ours stands any more").isFalse();
  }

  @Test
  void holdsOnceHoweverOftenItIsSaid() {
    vm.endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    someoneUncordons();
    vm.run("20S");
    int said = vm.log.size();
    vm.observe(vm.foreignUncordon());
    assertThat(vm.log).hasSize(said);
  }
}
