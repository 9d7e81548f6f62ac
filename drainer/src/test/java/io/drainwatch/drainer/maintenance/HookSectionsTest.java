package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What drain-scripts.md 1.1 to 1.6 say beyond the rows, as far as the core decides it. */
class HookSectionsTest extends HookScenario {

  @Test
  @DisplayName("1.6 cordon fails with stop: no pre-stop")
  void stopsAfterAFailedCordonWhereConfigured() {
    hooks(Map.of(), Map.of(Hook.CORDON, OnFailure.STOP));
    scriptInEveryHook();
    vm.script(Hook.CORDON, "10-a", "1S", 1);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls()).endsWith("cordon/10-a #1");
  }

  @Test
  @DisplayName("1.6 drain fails: evictions go on, no post-stop, no acknowledgement")
  void letsEvictionsGoOnWhenTheDrainHookFails() {
    vm.node.evictionsTake = Optional.of(Duration.ofMinutes(1));
    vm.script(Hook.DRAIN, "10-a", "1S", 1).script(Hook.POST_STOP, "10-a", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("50S");
    assertThat(calls()).doesNotContain("stop evictions");
    vm.run("1M");
    assertThat(calls()).doesNotContain("post-stop/10-a #1");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("1.4 time-outs: the deadline, the setting, 600 s")
  void boundsEveryScript() {
    HookSettings settings =
        new HookSettings(
            Map.of(Hook.DRAIN, Duration.ofSeconds(30), Hook.STARTED, Duration.ofSeconds(20)),
            Map.of(),
            HookSettings.DEFAULT_RECALL);
    Optional<Instant> deadline = Optional.of(at("14M"));
    Instant now = VirtualVm.START;
    assertThat(HookSequence.endBy(Hook.CORDON, now, deadline, settings)).isEqualTo(at("14M"));
    assertThat(HookSequence.endBy(Hook.DRAIN, now, deadline, settings)).isEqualTo(at("30S"));
    assertThat(HookSequence.endBy(Hook.DRAIN, at("13M50S"), deadline, settings))
        .isEqualTo(at("14M"));
    assertThat(HookSequence.endBy(Hook.SCHEDULED, now, deadline, settings)).isEqualTo(at("10M"));
    assertThat(HookSequence.endBy(Hook.SCHEDULED, at("5M"), deadline, settings))
        .isEqualTo(at("14M"));
    assertThat(HookSequence.endBy(Hook.STARTED, now, deadline, settings)).isEqualTo(at("20S"));
    assertThat(HookSequence.endBy(Hook.RUNNING, now, deadline, settings)).isEqualTo(at("10M"));
    assertThat(HookSequence.endBy(Hook.CORDON, now, Optional.empty(), settings))
        .isEqualTo(at("10M"));
  }

  @Test
  @DisplayName("1.4 less than a second left: not started, failed")
  void startsNothingWithLessThanASecondLeft() {
    vm.script(Hook.PRE_STOP, "10-a", "13.5S", 0).script(Hook.DRAIN, "10-a", "1S", 0);
    platform(Events.reboot("A").in("18S"));
    vm.start().run("20S");
    assertThat(calls()).doesNotContain("drain/10-a #1");
    assertThat(script(Hook.DRAIN, "10-a").reason()).contains("no time left");
    assertThat(vm.posted).isEmpty();
  }

  @Test
  @DisplayName("1.1 parallel: all scripts of a row start at once, the next row waits for them")
  void startsARowAtOnce() {
    vm.listing(
            Hook.DRAIN,
            List.of(
                List.of(PlannedScript.runs("10-a"), PlannedScript.runs("10-b")),
                List.of(PlannedScript.runs("20-c"))))
        .script(Hook.DRAIN, "10-a", "2S", 0)
        .script(Hook.DRAIN, "10-b", "5S", 0)
        .script(Hook.DRAIN, "20-c", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("1S");
    assertThat(vm.runningScripts()).containsExactlyInAnyOrder("drain/10-a", "drain/10-b");
    vm.run("3S");
    assertThat(vm.runningScripts()).containsExactly("drain/10-b");
    vm.run("10S");
    assertThat(calls()).endsWith("drain/20-c #1", "acknowledge A #1");
  }

  @Test
  @DisplayName("1.2 refused: counts as failed, the others still run")
  void runsTheOthersWhenOneIsRefused() {
    vm.listing(
            Hook.DRAIN,
            List.of(
                List.of(new PlannedScript("10-a", Contract.NATIVE, Optional.of("setuid"))),
                List.of(PlannedScript.runs("20-b"))))
        .script(Hook.DRAIN, "20-b", "1S", 0);
    platform(Events.reboot("A"));
    vm.start().run("1M");
    assertThat(calls()).containsExactly("cordon", "drain/20-b #1");
    assertThat(vm.log).contains("! HOOK_FAILED drain/10-a: setuid");
    assertThat(vm.posted).isEmpty();
  }
}
