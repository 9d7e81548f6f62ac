package io.drainwatch.drainer.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Rules;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is told what is not so, nor looks where nothing is to be done. */
class TrueNoticesTest {
  private static final String ID = "7CB1D0F4-0001-4E0A-9A6E-0000000000A1";

  private VirtualVm vm = new VirtualVm();
  private Told told = new Told(vm);

  private void platform(Events... events) {
    vm.platform.clear();
    for (Events event : events) {
      vm.platform.add(event.event());
    }
  }

  private void wholeLife() {
    platform(Events.reboot(ID));
    vm.start().run("30S");
    platform(Events.reboot(ID).started());
    vm.run("10S");
    platform();
    vm.run("10S");
  }

  private void under(Rules... rules) {
    vm = new VirtualVm(Rules.settings(rules));
    told = new Told(vm);
  }

  @Test
  void aMachineThatIsOnlyToBeCordonedDidNotFailToDrain() {
    under(Rules.forType("Reboot").doing(PolicyAction.CORDON));
    wholeLife();
    vm.summaries.forEach(told::over);

    assertThat(told.words()).containsExactly("seen", "cordoned", "started", "gone", "returned");
    assertThat(told.the(NoticeKind.SEEN).next()).doesNotContain("is drained");
    assertThat(told.the(NoticeKind.CORDONED).next()).doesNotContain("drain begins");
  }

  @Test
  void itIsBackOnlyOnceItsLastHookIsThrough() {
    vm.script(Hook.UNCORDON, "10-checks", "5M", 0);
    wholeLife();
    vm.run("4M");
    assertThat(told.words()).doesNotContain("returned");
    vm.run("2M");
    assertThat(told.words()).endsWith("gone", "returned");
  }

  @Test
  void tellsThatAVmIsBackThoughItWasNotExpectedToBe() {
    platform(Events.terminate(ID));
    vm.start().run("30S");
    platform(Events.terminate(ID).started());
    vm.run("30S").reboot("boot-2").run("1H");
    platform();
    vm.start().run("30S");

    assertThat(vm.episode()).isEmpty();
    assertThat(told.words()).endsWith("started", "gone", "returned");
  }

  @Test
  void nobodyHasToLookWhereNothingIsToBeAcknowledged() {
    vm.start().observe(new Observation.OperatorDrain("1", "Reboot", Optional.empty()));
    vm.run("30S");
    assertThat(told.words()).contains("drained").doesNotContain("blocked");

    under(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.NEVER));
    platform(Events.reboot(ID));
    vm.start().run("30S");
    assertThat(vm.said(Reason.NOT_ACKNOWLEDGED)).isTrue();
    assertThat(told.words()).contains("drained").doesNotContain("blocked");

    under();
    platform(Events.reboot(ID).naming("vm0", "vm1"));
    vm.start().run("30S");
    assertThat(vm.said(Reason.NOT_ACKNOWLEDGED)).isTrue();
    assertThat(told.words()).contains("drained").doesNotContain("blocked");
  }

  @Test
  void tellsOfAnEventThatComesBackAfterItsMaintenanceEnded() {
    for (int i = 0; i < 2; i++) {
      platform(Events.reboot(ID));
      vm.start().run("30S");
      platform();
      vm.run("1M");
      assertThat(vm.episode()).isEmpty();
    }

    assertThat(told.words()).filteredOn("seen"::equals).hasSize(2);
    assertThat(told.words()).filteredOn("draining"::equals).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {ID, "Reboot/vm1"})
  void tellsNothingAgainBecauseTheClockWasSet(String id) {
    vm.script(Hook.DRAIN, "10-a", "1M", 0);
    platform(Events.of("Reboot", id).in("15M"));
    vm.start().run("10S");
    vm.stepClock(Duration.ofMinutes(-30)).run("10S");
    vm.kill().start().run("10S");

    assertThat(told.words()).containsExactly("seen", "cordoned", "draining");
  }

  @Test
  void aCancelledMaintenanceThatIsOvertakenIsNotToldAsGone() {
    vm.script(Hook.DRAIN, "10-a", "2M", 0).script(Hook.RUNNING, "10-a", "5M", 0);
    platform(Events.reboot(ID));
    vm.start().run("10S");
    platform();
    vm.run("30S");
    platform(Events.redeploy(ID.replace("A1", "B2")).in("30M"));
    vm.run("30S");
    vm.summaries.forEach(told::over);

    assertThat(vm.summaries).extracting(Summary::ending).contains(Summary.Ending.OVERTAKEN);
    assertThat(told.words()).contains("cancelled").doesNotContain("gone");
  }
}
