package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** lifecycle.md, "Acknowledgement", rules 1 to 5. */
class AcknowledgementTest extends Scenario {

  @Test
  void neverAcknowledgesBeforeDrainedIsDurable() {
    vm.diskFull = true;
    platform(Events.reboot("A"));
    vm.start().run("30S");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).isEmpty();
    assertThat(vm.said(Reason.NOT_RECORDED)).isTrue();
    vm.diskFull = false;
    vm.run("5S");
    assertThat(vm.posted).containsExactly("A");
    assertThat(vm.durable().orElseThrow().events().getFirst().drained()).isTrue();
  }

  @Test
  void drainsOnWhileTheDiskIsFull() {
    scriptInEveryHook();
    vm.diskFull = true;
    platform(Events.reboot("A"));
    vm.start().run("30S");
    assertThat(calls())
        .contains("cordon", "pre-stop/10-a #1", "drain/10-a #1", "post-stop/10-a #1");
  }

  @Test
  void sendsNoRequestOfWhichTheRecordDoesNotKnow() {
    platform(Events.freeze("F", 5));
    vm.onlooker =
        (before, observation, step, at) -> {
          if (step.actions().stream().anyMatch(Action.Acknowledge.class::isInstance)) {
            vm.diskFull = vm.now().isBefore(at("20S"));
          }
        };
    vm.start().run("19S");
    assertThat(vm.posted).isEmpty();
    vm.diskFull = false;
    vm.run("10S");
    assertThat(vm.posted).containsExactly("F");
    assertThat(episode().events().getFirst().acknowledgement().tries()).isEqualTo(1);
  }

  @Test
  void acknowledgesOnlyTheEventItDrainedFor() {
    with(Rules.forType("Redeploy").startBefore("5M"));
    platform(Events.reboot("A"), Events.redeploy("B").in("3H"));
    vm.start().run("1M");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void acknowledgesEveryEventItDrainedFor() {
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.start().run("1M");
    assertThat(vm.posted).containsExactlyInAnyOrder("A", "B");
  }

  @Test
  void acknowledgesAnEventThatJoinsADrainedMachine() {
    platform(Events.reboot("A"));
    vm.start().run("30S");
    platform(Events.reboot("A"), Events.redeploy("B"));
    vm.run("5S");
    assertThat(vm.posted).containsExactly("A", "B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AFTER_DRAIN", "EVEN_IF_FAILED", "NEVER"})
  void acknowledgesAFailedDrainOnlyIfThePolicySaysSo(AcknowledgeWhen when) {
    with(Rules.forType("Reboot").acknowledging(when)).script(Hook.DRAIN, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(vm.posted)
        .isEqualTo(when == AcknowledgeWhen.EVEN_IF_FAILED ? List.of("A") : List.of());
  }

  @Test
  void doesNotAcknowledgeADrainStoppedByTheDeadlineEvenIfFailedIsAllowed() {
    with(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.EVEN_IF_FAILED))
        .endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("20M");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void acknowledgesAtOnceWherePolicySaysImmediately() {
    with(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.IMMEDIATELY))
        .endlessScript(Hook.DRAIN, "10-a");
    platform(Events.reboot("A"));
    vm.start().run("1S");
    assertThat(vm.posted).containsExactly("A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vm1,vm2", "vm2,vm1"})
  void neverAcknowledgesASharedEventByDefault(String names) {
    platform(Events.reboot("A").naming(names.split(",")));
    vm.start().run("1M");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).isEmpty();
    assertThat(vm.log).anyMatch(line -> line.contains("acknowledge.shared is never"));
  }

  @Test
  void neverAcknowledgesAShortFreezeForOthersByDefault() {
    platform(Events.freeze("F", 5).naming("vm1", "vm2"));
    vm.start().run("1M");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void letsTheFirstVmNamedDecide() {
    with(LifecycleSettings.defaults().withShared(SharedAcknowledgement.FIRST_RESOURCE));
    platform(Events.reboot("A").naming("VM1", "vm2"), Events.reboot("B").naming("vm2", "vm1"));
    vm.start().run("1M");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void neverAcknowledgesAnotherVmsEvent() {
    with(LifecycleSettings.defaults().withShared(SharedAcknowledgement.FIRST_RESOURCE));
    platform(Events.reboot("A"), Events.freeze("F", 3).naming("vm2"));
    vm.start().run("1M");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void neverAcknowledgesWhatHasNoIdOrNoKnownStatus() {
    platform(Events.reboot("A").with(EventStatus.UNKNOWN));
    ScheduledEvent nameless = Events.reboot("Reboot/vm1").event();
    vm.platform.add(
        new ScheduledEvent(
            nameless.id(),
            false,
            nameless.type(),
            nameless.status(),
            nameless.source(),
            nameless.resourceType(),
            nameless.resources(),
            nameless.notBefore(),
            nameless.duration(),
            nameless.description(),
            nameless.raw()));
    vm.start().run("1M");
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
    assertThat(vm.posted).isEmpty();
  }

  @Test
  void triesAgainWithBackOffUntilTheEventIsStarted() {
    vm.acknowledgementFails = true;
    List<Instant> asked = timesOf(Action.Acknowledge.class);
    platform(Events.reboot("A"));
    vm.start().run("60S");
    assertThat(secondsSinceStart(asked)).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 47L);
    platform(Events.reboot("A").started());
    vm.run("1M");
    assertThat(secondsSinceStart(asked)).hasSize(7);
  }

  @Test
  void stopsTryingWhenTheEventIsGone() {
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"));
    vm.start().run("10S");
    platform();
    vm.run("0.9S");
    int posted = vm.posted.size();
    vm.run("1M");
    assertThat(vm.posted).hasSize(posted);
  }

  @Test
  void sendsAnAcceptedOneOnce() {
    platform(Events.reboot("A"));
    vm.start().run("14M");
    assertThat(vm.posted).containsExactly("A");
  }

  @Test
  void waitsAtLeastAsLongAsThePlatformAsks() {
    assertThat(Acknowledging.delay(1, Optional.of(Duration.ofSeconds(5))))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(Acknowledging.delay(5, Optional.of(Duration.ofSeconds(5))))
        .isEqualTo(Duration.ofSeconds(16));
    assertThat(Acknowledging.delay(4_000, Optional.empty())).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void drainsForAUsersEventAndThenAcknowledgesAtOnce() {
    scriptInEveryHook();
    List<Instant> asked = timesOf(Action.Acknowledge.class);
    platform(Events.reboot("A").from(EventSource.USER));
    vm.start().run("1M");
    assertThat(secondsSinceStart(asked)).containsExactly(8L);
  }

  @Test
  void sendsTheIdBackAsReceived() {
    platform(Events.reboot("aBc-12"));
    vm.start().run("10S");
    assertThat(vm.posted).containsExactly("aBc-12");
  }
}
