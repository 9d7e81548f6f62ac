package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Recalls, time-outs and deadlines (drain-scripts.md 1.4), end to end. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class HookTimeTest {
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
  @DisplayName("H09 exit 75, 75, 0: called three times, told that it is asked for news")
  void callsAgainUntilFinished() {
    vm.hook(
            Hook.DRAIN,
            "10-a",
            "echo attempt $DRAIN_ATTEMPT check $DRAIN_CHECK_STATUS;"
                + " [ $DRAIN_ATTEMPT -eq 3 ] || exit 75")
        .start();

    vm.endOnceStarted(vm.publish("Reboot"));

    assertThat(vm.seen().said(Hook.DRAIN, "10-a"))
        .containsExactly("attempt 1 check 0", "attempt 2 check 1", "attempt 3 check 1");
    assertThat(vm.posts()).hasSize(1);
  }

  @Test
  @DisplayName("H09 exit 75 for ever: failed when its time is up")
  void failsWhenNotFinishedInTime() {
    vm.lifecycle(
            settings ->
                settings.withHooks(
                    new HookSettings(
                        Map.of(Hook.DRAIN, Duration.ofSeconds(1)),
                        Map.of(),
                        Duration.ofSeconds(1))))
        .hook(Hook.DRAIN, "10-a", "exit 75")
        .start();

    String id = vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED failed: drain/10-a");
    vm.simulator().startNow(id);
    vm.endOnceStarted(id);

    assertThat(vm.seen().lines("notify HOOK_FAILED"))
        .containsExactly("notify HOOK_FAILED drain/10-a: not finished when its time was up");
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("H12 script and child ignore TERM: KILL after the grace, nothing of them is left")
  void killsWhatIgnoresTerm() throws Exception {
    vm.hook(
            Hook.DRAIN,
            "10-a",
            "trap '' TERM; (while :; do sleep 60; done) & echo $! $$ > pids; echo ready; wait")
        .start();

    String id = vm.publish(TestVm.event("Preempt").notice(Duration.ofSeconds(45)));
    vm.seen().await("said drain/10-a: ready");
    vm.clock().stepTo(notBefore(id).minusMillis(1_900)); // leaves the shortest grace
    vm.seen().await("end drain/10-a #1: ended");

    for (String pid : Files.readString(vm.work().resolve("pids")).strip().split(" ")) {
      assertThat(Processes.isRunning(Long.parseLong(pid))).isFalse();
    }
    assertThat(vm.clock().instant()).isBefore(notBefore(id).plusSeconds(1));
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("H13 Preempt, the script never ends: TERM at the deadline, gone before NotBefore")
  void endsTheDrainBeforeThePreemption() {
    vm.hook(Hook.DRAIN, "10-a", "trap 'echo term; exit 0' TERM; echo ready; sleep 60 & wait")
        .start();

    String id = vm.publish(TestVm.event("Preempt").notice(Duration.ofSeconds(45)));
    vm.seen().await("said drain/10-a: ready");
    Instant deadline = notBefore(id).minusSeconds(6);
    vm.clock().stepTo(deadline.minusMillis(1_500));
    vm.seen().awaitPolls(2);
    assertThat(vm.clock().instant()).isBefore(deadline);
    assertThat(vm.seen().lines("ending")).as("before the deadline").isEmpty();
    vm.seen().await("end drain/10-a #1: ended");

    assertThat(vm.clock().instant()).isBetween(deadline, notBefore(id));
    // the step is told of by one thread, the script by others
    vm.seen().await("notify DEADLINE_REACHED");
    assertThat(vm.seen().lines())
        .containsSubsequence(
            "ending drain/10-a: the deadline was reached",
            "notify DEADLINE_REACHED left: drain/10-a")
        .containsSubsequence("said drain/10-a: term", "end drain/10-a #1: ended");
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("less than a second left: not started, no time left")
  void startsNothingInTheLastSecond() {
    vm.hook(Hook.DRAIN, "10-a", "until [ -e go ]; do sleep 0.02; done")
        .hook(Hook.DRAIN, "20-b", "echo b")
        .start();

    String id = vm.publish(TestVm.event("Preempt").notice(Duration.ofSeconds(45)));
    vm.seen().await("start drain/10-a");
    vm.clock().stepTo(notBefore(id).minusMillis(6_900));
    vm.put("go");
    vm.seen().await("notify HOOK_FAILED drain/20-b");

    assertThat(vm.seen().lines("start drain/")).containsExactly("start drain/10-a #1");
    assertThat(vm.posts()).isEmpty();
  }

  private Instant notBefore(String id) {
    // the document has whole seconds
    return vm.simulator().state().events().stream()
        .filter(event -> event.id().equals(id))
        .findFirst()
        .orElseThrow()
        .notBefore()
        .orElseThrow()
        .truncatedTo(ChronoUnit.SECONDS);
  }
}
