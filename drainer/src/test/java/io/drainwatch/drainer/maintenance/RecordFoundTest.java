package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The record is found on the Node after the first document has begun the same episode. */
class RecordFoundTest extends Scenario {
  private Episode draining;

  /** The record is of before the start of A, and knows no B. */
  private void isFoundAfterTheDocument() {
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(30));
    platform(Events.reboot("A"));
    vm.start().run("10S");
    draining = episode();
    assertThat(draining.state()).isEqualTo(MaintenanceState.DRAINING);
    vm = new VirtualVm();
    platform(Events.reboot("A").started(), Events.reboot("B"));
    vm.start().run("1S");
    assertThat(vm.state()).contains(MaintenanceState.MAINTENANCE_STARTED);
  }

  @Test
  @DisplayName("I8 the deadline of an event that the record does not know stays")
  void keepsTheDeadlineOfWhoJoined() {
    isFoundAfterTheDocument();
    Instant deadline = episode().deadline().orElseThrow();
    vm.observe(new Observation.RecordFound(draining));
    assertThat(episode().events()).extracting(each -> each.event().id()).containsExactly("A", "B");
    assertThat(episode().deadline().orElseThrow()).isBeforeOrEqualTo(deadline);
  }

  @Test
  @DisplayName("I7 an event that the document calls Started is not drained for by the record")
  void evictsNothingForWhatHasStarted() {
    isFoundAfterTheDocument();
    vm.observe(new Observation.RecordFound(draining));
    assertThat(episode().state()).isEqualTo(MaintenanceState.MAINTENANCE_STARTED);
    assertThat(episode().cordonOurs()).as("the record's cordon is to be undone").isTrue();
    vm.run("5S");
    assertThat(vm.deeds()).noneMatch(each -> each.startsWith("evict"));
  }

  @Test
  @DisplayName("I8 so does that of one that joined and is gone again (history 724)")
  void keepsTheDeadlineOfWhoIsGoneAgain() {
    platform(Events.reboot("A").started());
    vm.start().run("5S");
    Episode found = episode();
    assertThat(found.deadline()).isEmpty();
    vm = new VirtualVm();
    platform(Events.reboot("A").started(), Events.reboot("B"));
    vm.start().run("2S");
    platform(Events.reboot("A").started());
    vm.run("5S");
    Instant deadline = episode().deadline().orElseThrow();
    vm.observe(new Observation.RecordFound(found));
    assertThat(vm.said(Reason.RESUMED)).as("it is taken over").isTrue();
    assertThat(episode().deadline()).contains(deadline);
  }

  /** What the first document began, before anything of it was done. */
  private void isBegun(Events... events) {
    vm = new VirtualVm();
    vm.polls = false;
    platform(events);
    vm.crash = Optional.of(new CrashPoint(0, CrashPoint.Moment.BEFORE_ACTIONS));
    vm.start().poll();
    assertThat(episode().cordon()).isNotEqualTo(Episode.Step.DONE);
  }

  private Episode drainedRecordOf(Events event) {
    vm = new VirtualVm();
    vm.acknowledgementFails = true;
    platform(event);
    vm.start().run("10S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    return episode();
  }

  private boolean isTakenOver(Episode found) {
    int before = vm.log.size();
    vm.observe(new Observation.RecordFound(found));
    return vm.log
        .subList(before, vm.log.size())
        .contains("! RESUMED " + found.id() + " at " + found.state().word());
  }

  @Test
  @DisplayName("nothing else is known: it is gone on with, once a document tells that it stands")
  void goesOnOnceItIsKnownToStand() {
    isFoundAfterTheDocument();
    vm = new VirtualVm();
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(30));
    vm.polls = false;
    platform(Events.reboot("A"));
    vm.start();
    assertThat(isTakenOver(draining)).isTrue();
    vm.run("1M");
    assertThat(vm.deeds()).isEmpty();
    vm.poll();
    assertThat(vm.deeds()).containsExactly("evict until " + at("14M"));
  }

  @Test
  @DisplayName("I7 the journal knows the episode too: gone on with once a document tells it stands")
  void goesOnOnceItIsKnownToStandWhateverTheJournalTells() {
    isFoundAfterTheDocument();
    isBegun(Events.reboot("A"));
    vm = vm.kill();
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(30));
    vm.polls = false;
    vm.start();
    assertThat(isTakenOver(draining)).isTrue();
    vm.run("1M");
    assertThat(vm.deeds()).as("history 125662").noneMatch(each -> each.startsWith("evict"));
    vm.poll();
    assertThat(vm.deeds()).anyMatch(each -> each.startsWith("evict"));
  }

  @Test
  @DisplayName("the first document began the same a moment ago: the record knows better")
  void knowsMoreThanWhatWasBegunAMomentAgo() {
    Episode found = drainedRecordOf(Events.reboot("A"));
    isBegun(Events.reboot("A"));
    assertThat(isTakenOver(found)).isTrue();
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  @DisplayName("a record of another episode, or of another machine, is no news")
  void isNoNewsOfAnother() {
    Episode found = drainedRecordOf(Events.reboot("B"));
    isBegun(Events.reboot("A"));
    assertThat(isTakenOver(found)).isFalse();
    isBegun(Events.reboot("B"));
    vm.observe(
        new Observation.DaemonStarted(new Machine("vm1", Optional.of("id-2"), "boot-1", true)));
    assertThat(isTakenOver(found)).isFalse();
  }

  @Test
  @DisplayName("what was cordoned here already, or is further than the record, is gone on with")
  void isNoNewsOfWhatIsFurther() {
    vm.endlessScript(Hook.CORDON, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("5S");
    Episode found = episode();
    assertThat(isTakenOver(found)).as("the cordon is done here").isFalse();
    with(Rules.forType("Reboot").startBefore("5M"));
    platform(Events.reboot("A"));
    vm.start().run("5S");
    Episode waiting = episode();
    isBegun(Events.reboot("A"));
    assertThat(vm.state()).contains(MaintenanceState.CORDONED);
    assertThat(isTakenOver(waiting)).as("the record is behind").isFalse();
  }

  @Test
  @DisplayName("an event that is missing from the newest document is not gone on with")
  void isNoNewsOfWhatIsMissing() {
    Episode found = drainedRecordOf(Events.reboot("A"));
    isBegun(Events.reboot("A"));
    platform();
    vm.poll();
    assertThat(isTakenOver(found)).isFalse();
  }

  @Test
  @DisplayName("what was approved here already is not made undone by a record")
  void isNoNewsOfWhatWasApproved() {
    with(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.IMMEDIATELY).startBefore("5M"));
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(vm.posted).containsExactly("A");
    Episode found = drainedRecordOf(Events.reboot("A"));
    with(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.IMMEDIATELY).startBefore("5M"));
    platform(Events.reboot("A"));
    vm.start().run("5S");
    assertThat(isTakenOver(found)).isFalse();
  }

  private Episode endedRecordOfATerminate(String summaryAfter) {
    vm = new VirtualVm(LifecycleSettings.defaults().withRecordOnNode());
    vm.polls = false;
    platform(Events.terminate("T").started());
    vm.start().poll();
    vm.run(summaryAfter);
    Episode episode = episode();
    return episode.summarized() ? episode : episode.withSummary();
  }

  private int summariesAfterFinding(Episode found, String after) {
    vm = new VirtualVm(LifecycleSettings.defaults().withRecordOnNode());
    vm.polls = false;
    vm.run(after);
    platform(Events.terminate("T").started());
    vm.start();
    vm.observe(new Observation.RecordFound(found));
    vm.poll();
    vm.run("1M");
    return vm.summaries.size();
  }

  @Test
  @DisplayName("I9 a summary that may never have been said is said, one that was is not said twice")
  void saysTheSummaryThatMayNotHaveBeenSaid() {
    Episode found = endedRecordOfATerminate("1S");
    assertThat(summariesAfterFinding(found, "1S")).as("its process may have died waiting").isOne();
    assertThat(summariesAfterFinding(found, "1M")).as("it was said by then").isZero();
    assertThat(summariesAfterFinding(found.withCordonTakenOver(), "1S"))
        .as("a cordon was done: it was no first sight")
        .isZero();
  }
}
