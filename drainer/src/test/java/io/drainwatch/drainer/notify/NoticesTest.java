package io.drainwatch.drainer.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.drainer.maintenance.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a maintenance on a plain VM, by the real core under virtual time. */
class NoticesTest {
  private static final String ID = "7CB1D0F4-0001-4E0A-9A6E-0000000000A1";
  private static final List<String> WHOLE_LIFE =
      List.of(
          "seen", "cordoned", "draining", "drained", "acknowledged", "started", "gone", "returned");

  private final VirtualVm vm = new VirtualVm();
  private final Told told = new Told(vm);

  private void platform(Events... events) {
    vm.platform.clear();
    for (Events event : events) {
      vm.platform.add(event.event());
    }
  }

  @Test
  void tellsTheWholeLifeOnceAndInOrder() {
    vm.script(Hook.DRAIN, "10-a", "5S", 0);
    wholeLife();

    assertThat(told.words()).isEqualTo(WHOLE_LIFE);
    assertThat(told.notices).extracting(Notice::id).doesNotHaveDuplicates();
    assertThat(told.notices).extracting(Notice::eventId).containsOnly(ID);
    assertThat(told.notices).extracting(Notice::eventType).containsOnly("Reboot");
    assertThat(told.notices).extracting(notice -> notice.subject().vm()).containsOnly("vm1");
  }

  private void wholeLife() {
    platform(Events.reboot(ID));
    vm.start().run("30S");
    platform(Events.reboot(ID).started());
    vm.run("10S");
    platform();
    vm.run("10S");
  }

  @Test
  void tellsHowMuchTimeIsLeft() {
    platform(Events.reboot(ID));
    vm.start().run("5S");

    Notice seen = told.the(NoticeKind.SEEN);
    assertThat(seen.deadline()).contains(VirtualVm.START.plus(Duration.ofMinutes(14)));
    assertThat(seen.timeLeft()).contains(Duration.ofMinutes(14));
    assertThat(seen.timeLeftText()).contains("14 min 0 s");
    assertThat(seen.headline()).isEqualTo("vm1: a scheduled event names this machine (Reboot)");
  }

  @ParameterizedTest(name = "killed and deaf from second {0} to its next start")
  @ValueSource(strings = {"0.5S", "1.5S", "3S", "6S", "12S", "29S", "31S", "33S", "41S", "45S"})
  void tellsAfterARestartWhatNobodyCouldKeep(String from) {
    vm.script(Hook.DRAIN, "10-a", "5S", 0);
    Duration lost = Duration.parse("PT" + from);
    vm.after(from, () -> told.deaf(true));
    vm.after(
        lost.plusSeconds(1).toString().substring(2),
        () -> {
          vm.kill();
          told.deaf(false);
          vm.start();
        });
    wholeLife();

    // what ended within the lost second is told from the history, as the shell does after a start
    vm.summaries.forEach(told::over);
    assertThat(told.words()).isEqualTo(WHOLE_LIFE);
  }

  @Test
  void theSummaryTellsTheSameUnderTheSameIds() {
    wholeLife();

    assertThat(Notices.of(vm.summaries.getFirst(), Subject.plainVm("vm1", false)))
        .extracting(Notice::id)
        .containsExactlyElementsOf(told.notices.stream().map(Notice::id).toList());
  }

  @Test
  void tellsWhyADrainFailed() {
    vm.script(Hook.DRAIN, "10-a", "5S", 1);
    platform(Events.reboot(ID));
    vm.start().run("30S");

    assertThat(told.words()).contains("drain-failed").doesNotContain("drained", "acknowledged");
    assertThat(told.the(NoticeKind.DRAIN_FAILED).cause()).contains("10-a");
  }

  @Test
  void tellsOfADeadlineMissedAndWhatWasLeft() {
    vm.node.evictionsTake = Optional.of(Duration.ofHours(1));
    platform(Events.reboot(ID));
    vm.start().run("14M30S");

    assertThat(told.words()).contains("deadline-missed").doesNotContain("drained");
    assertThat(told.the(NoticeKind.DEADLINE_MISSED).timeLeft()).isEmpty();
    assertThat(told.the(NoticeKind.DEADLINE_MISSED).next()).contains("platform goes ahead");
  }

  @Test
  void tellsOfACancellationAndTheReturn() {
    vm.script(Hook.DRAIN, "10-a", "1M", 0);
    platform(Events.reboot(ID));
    vm.start().run("10S");
    platform();
    vm.run("30S");

    assertThat(told.words())
        .containsExactly("seen", "cordoned", "draining", "cancelled", "returned");
  }

  @Test
  void tellsWhatIsInTheWayOnce() {
    vm.acknowledgementFails = true;
    platform(Events.reboot(ID));
    vm.start().run("2M");

    assertThat(told.words()).filteredOn("blocked"::equals).hasSize(1);
    assertThat(told.the(NoticeKind.BLOCKED).cause()).contains("did not go through");
  }

  @Test
  void tellsThatSomebodyUncordoned() {
    vm.node.evictionsTake = Optional.of(Duration.ofHours(1));
    platform(Events.reboot(ID));
    vm.start().run("10S");
    vm.observe(vm.foreignUncordon());
    vm.run("10S");

    assertThat(told.words()).filteredOn("blocked"::equals).hasSize(1);
    assertThat(told.the(NoticeKind.BLOCKED).cause()).contains("someone uncordoned");
    assertThat(told.the(NoticeKind.BLOCKED).next()).contains("a new event");
  }

  @Test
  void tellsOfAVmThatIsDeleted() {
    platform(Events.terminate(ID));
    vm.start().run("30S");
    platform(Events.terminate(ID).started());
    vm.run("30S");

    assertThat(told.words()).endsWith("started", "gone");
    assertThat(told.the(NoticeKind.GONE).cause()).contains("nothing comes back");
  }

  @Test
  void saysOfAnObservedFreezeThatTheMachineStays() {
    platform(Events.freeze(ID, 30));
    vm.start().run("10S");

    assertThat(told.words()).containsExactly("seen");
    assertThat(told.the(NoticeKind.SEEN).next()).isEqualTo("the machine stays in service");
  }

  @Test
  void tellsOfEachEventThatJoins() {
    String other = ID.replace("A1", "B2");
    platform(Events.reboot(ID));
    vm.start().run("2S");
    platform(Events.reboot(ID), Events.redeploy(other));
    vm.run("5S");

    assertThat(told.notices)
        .filteredOn(notice -> notice.kind() == NoticeKind.SEEN)
        .extracting(Notice::eventId)
        .containsExactly(ID, other);
  }

  @Test
  void tellsOfASecondMaintenanceUnderAnIdThatIsNotThePlatforms() {
    for (int i = 0; i < 2; i++) {
      platform(Events.of("Reboot", "Reboot/vm1").in("15M"));
      vm.start().run("30S");
      platform(Events.of("Reboot", "Reboot/vm1").started());
      vm.run("10S");
      platform();
      vm.run("30S");
    }

    assertThat(told.words()).filteredOn("returned"::equals).hasSize(2);
  }

  @Test
  void tellsRightAfterAStartWhatTheRecordTells() {
    told.deaf(true);
    platform(Events.reboot(ID));
    vm.start().run("30S");
    platform(Events.reboot(ID).started());
    vm.run("30S");
    vm.kill();
    told.deaf(false);

    vm.start().run("0.1S");

    assertThat(told.words()).isEqualTo(WHOLE_LIFE.subList(0, 6));
  }

  @Test
  void tellsNothingOfAnotherMachinesRecord() {
    platform(Events.reboot(ID));
    vm.script(Hook.DRAIN, "10-a", "5M", 0);
    vm.start().run("10S");
    told.notices.clear();

    vm.become(new Machine("vm1", Optional.of("id-2"), "boot-2", true));
    vm.platform.clear();
    vm.start().run("30S");

    assertThat(told.words()).isEmpty();
  }

  @Test
  void tellsNothingBeforeItIsKnownWhoseRecordItIs() {
    platform(Events.reboot(ID));
    vm.start().run("10S");
    Watch resumed = Watch.resumedFrom(vm.episode());

    assertThat(
            StepNotices.of(
                resumed,
                new Transition(resumed, List.of()),
                name -> Subject.plainVm(name, false),
                VirtualVm.START))
        .isEmpty();
  }

  @Test
  void aFailureThatIsToldLateHappenedBeforeTheWayBack() {
    vm.script(Hook.DRAIN, "10-a", "2S", 1);
    vm.script(Hook.RUNNING, "10-a", "20S", 0);
    platform(Events.reboot(ID));
    vm.start().run("10S");
    platform();
    vm.run("1M");
    Summary summary = vm.summaries.getFirst();

    assertThat(Notices.of(summary, Subject.plainVm("vm1", false)))
        .filteredOn(notice -> notice.kind() == NoticeKind.DRAIN_FAILED)
        .extracting(Notice::at)
        .containsExactly(summary.entered().get(MaintenanceState.RUNNING));
  }
}
