package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.DryRun;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.drainer.maintenance.OnFailure;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hooks run and what their failure means (drain-scripts.md 1.6), end to end. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class HookFailureTest {
  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  @DisplayName("H11 one of three fails: all run, the summary names it, nothing is acknowledged")
  void runsAllScriptsOfAHook() {
    List<String> sentences = new CopyOnWriteArrayList<>();
    vm.witness(
            new Witness() {
              @Override
              public void stepped(Step step) {
                sentences.addAll(
                    FinishedHooks.failures(
                        step.before().episode(), step.transition().watch().episode()));
              }
            })
        .hook(Hook.DRAIN, "10-lb", "echo lb")
        .hook(Hook.DRAIN, "20-etcd", "exit 3")
        .hook(Hook.DRAIN, "30-log", "echo log")
        .start();

    String id = vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED failed: drain/20-etcd");
    vm.seen().awaitPolls(3);
    assertThat(vm.posts()).isEmpty();
    vm.simulator().startNow(id);
    vm.endOnceStarted(id);

    assertThat(vm.seen().lines("end drain/"))
        .containsExactly(
            "end drain/10-lb #1: 0", "end drain/20-etcd #1: 3", "end drain/30-log #1: 0");
    assertThat(sentences)
        .containsExactly(
            "1 of 3 drain scripts failed. Failed: 20-etcd. Successful: 10-lb, 30-log.");
    assertThat(vm.seen().summaries())
        .singleElement()
        .satisfies(summary -> assertThat(summary.left()).containsExactly("drain/20-etcd"));
    assertThat(vm.posts()).isEmpty();
  }

  @ParameterizedTest(name = "H20 pre-stop fails, continue: {0}: no acknowledgement")
  @ValueSource(booleans = {false, true})
  void aFailedPreStopWithholdsTheAcknowledgement(boolean goesOn) {
    if (goesOn) {
      vm.lifecycle(
          settings ->
              settings.withHooks(
                  new HookSettings(
                      Map.of(), Map.of(Hook.PRE_STOP, OnFailure.CONTINUE), Duration.ofSeconds(1))));
    }
    sayWhatRuns();
    vm.hook(Hook.PRE_STOP, "10-a", "echo pre-stop; exit 1").start();

    String id = vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED failed: pre-stop/10-a");
    vm.seen().awaitPolls(3);
    vm.simulator().startNow(id);
    vm.endOnceStarted(id);

    List<String> before =
        goesOn
            ? List.of("scheduled", "cordon", "pre-stop", "drain", "post-stop")
            : List.of("scheduled", "cordon", "pre-stop");
    assertThat(hooksThatRan()).containsAll(before);
    if (!goesOn) {
      assertThat(hooksThatRan()).doesNotContain("drain", "post-stop");
    }
    assertThat(hooksThatRan()).contains("pre-start", "running", "post-start", "uncordon");
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("H21 running fails twice: the uncordon waits for the third call")
  void waitsForRunning() {
    vm.hook(Hook.RUNNING, "10-a", "echo x >> tries; [ $(wc -l < tries) -gt 2 ]")
        .hook(Hook.UNCORDON, "10-a", "echo tried $(wc -l < tries) times")
        .start();

    String id = vm.publish("Reboot");
    vm.seen().await("state MaintenanceStarted");
    vm.simulator().endNow(id);
    vm.seen().await("notify HOOK_FAILED running/10-a");
    vm.clock().pass(Duration.ofSeconds(5));
    vm.seen().await("notify HOOK_FAILED running/10-a", 2);
    assertThat(vm.seen().lines("start uncordon")).isEmpty();
    vm.clock().pass(Duration.ofSeconds(10));
    vm.seen().await("over");

    assertThat(vm.seen().lines())
        .containsSubsequence(
            "end running/10-a #3: 0",
            "state Uncordoned",
            "said uncordon/10-a: tried 3 times",
            "summary RETURNED, drain COMPLETE");
  }

  @Test
  @DisplayName("H21 uncordon fails: a warning, the episode ends")
  void aFailedUncordonEndsTheEpisode() {
    vm.hook(Hook.UNCORDON, "10-a", "exit 1").start();

    vm.endOnceStarted(vm.publish("Reboot"));

    assertThat(vm.seen().lines())
        .containsSubsequence(
            "notify HOOK_FAILED uncordon/10-a: exit code 1",
            "summary RETURNED, drain COMPLETE",
            "over");
  }

  @Test
  @DisplayName("H22 an event that is only observed: scheduled, started, running, nothing else")
  void observesAFreeze() {
    sayWhatRuns();
    vm.start();

    // longer than what is acknowledged at once
    EventPlan.Builder freeze = TestVm.event("Freeze").duration(Optional.of(Duration.ofSeconds(30)));
    String id = vm.publish(freeze);
    vm.seen().await("end scheduled/10-a");
    vm.simulator().startNow(id);
    vm.seen().await("end started/10-a");
    vm.simulator().endNow(id);
    vm.seen().await("over");

    assertThat(hooksThatRan()).containsExactly("scheduled", "started", "running");
    assertThat(vm.posts()).isEmpty();
  }

  @ParameterizedTest(name = "H24 dry-run, scripts are called: {0}")
  @ValueSource(booleans = {false, true})
  void touchesNothingInDryRun(boolean called) {
    vm.lifecycle(settings -> settings.withDryRun(called ? DryRun.CALL : DryRun.REPORT));
    vm.hook(Hook.CORDON, "10-a", "echo dry $DRAIN_DRY_RUN")
        .hook(Hook.DRAIN, "10-a", "echo dry $DRAIN_DRY_RUN")
        .start();

    String id = vm.publish("Reboot");
    vm.seen().await("state Drained");
    vm.seen().awaitPolls(3);
    vm.simulator().startNow(id);
    vm.endOnceStarted(id);

    assertThat(vm.seen().lines("said"))
        .isEqualTo(
            called ? List.of("said cordon/10-a: dry 1", "said drain/10-a: dry 1") : List.of());
    assertThat(vm.seen().lines("would run"))
        .isEqualTo(called ? List.of() : List.of("would run cordon/10-a", "would run drain/10-a"));
    assertThat(vm.posts()).as("nothing is acknowledged in dry-run").isEmpty();
  }

  private void sayWhatRuns() {
    for (Hook hook : Hook.values()) {
      vm.hook(hook, "10-a", "echo $1");
    }
  }

  private List<String> hooksThatRan() {
    return vm.seen().lines("said").stream().map(line -> line.replaceAll(".*: ", "")).toList();
  }
}
