package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an event that goes, comes back or joins does to scripts (drain-scripts.md 1.4, 1.5). */
@Timeout(60)
class HookEventTest {
  private static final String WAITS = "echo ready; until [ -e go ]; do sleep 0.02; done";

  @TempDir private Path directory;

  @Test
  @DisplayName("H14 the event is gone for one document and back: the run goes on")
  void goesOnWhenTheEventIsBack() {
    try (PlayedDocuments documents = new PlayedDocuments();
        TestVm vm = TestVm.at(documents.base(), directory)) {
      vm.hook(Hook.DRAIN, "10-a", WAITS).hook(Hook.DRAIN, "20-b", "echo b").start();
      documents.show(PlayedDocuments.scheduled("Reboot", "E1"));
      vm.seen().await("said drain/10-a: ready");

      documents.showOnce(PlayedDocuments.NONE);
      vm.seen().await("notify EVENT_MISSING");
      vm.seen().await("notify EVENT_BACK");
      vm.put("go");
      vm.seen().await("ack E1 #1: accepted");

      assertThat(vm.seen().lines())
          .contains("end drain/10-a #1: 0", "end drain/20-b #1: 0")
          .doesNotContain("notify CANCELLED E1/" + TestVm.NAME);
    }
  }

  @Test
  @DisplayName("H14 while the event is missing from a document nothing new starts")
  void startsNothingWhileTheEventIsMissing() {
    try (PlayedDocuments documents = new PlayedDocuments();
        TestVm vm = TestVm.at(documents.base(), directory)) {
      vm.hook(Hook.DRAIN, "10-a", WAITS).hook(Hook.DRAIN, "20-b", "echo b");
      documents.show(PlayedDocuments.scheduled("Reboot", "E1"));
      vm.start();
      vm.seen().await("said drain/10-a: ready");

      documents.show("no document");
      documents.showOnce(PlayedDocuments.NONE);
      vm.seen().await("notify EVENT_MISSING");
      vm.put("go");
      vm.seen().await("end drain/10-a #1: 0");
      vm.seen().awaitPolls(1);

      assertThat(vm.seen().lines("start drain/20-b")).isEmpty();
      documents.show(PlayedDocuments.scheduled("Reboot", "E1"));
      vm.seen().await("end drain/20-b #1: 0");
    }
  }

  @Test
  @DisplayName("H14 the event is gone for two documents: TERM, cancelled, no further script")
  void cancelsWhenTheEventIsGone() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(Hook.DRAIN, "10-a", "trap 'echo term; exit 1' TERM; echo ready; sleep 60 & wait")
          .hook(Hook.DRAIN, "20-b", "echo b")
          .hook(Hook.CANCELLED, "10-a", "echo $1 $DRAIN_EVENT_STATUS")
          .hook(Hook.UNCORDON, "10-a", "echo uncordon")
          .start();
      String id = vm.publish("Reboot");
      vm.seen().await("said drain/10-a: ready");

      vm.simulator().cancel(id);
      vm.seen().await("over");

      assertThat(vm.seen().lines())
          .containsSubsequence(
              "ending drain/10-a: the event was cancelled",
              "said drain/10-a: term",
              "end drain/10-a #1: ended",
              "said cancelled/10-a: cancelled Cancelled",
              "state Running",
              "state Uncordoned",
              "said uncordon/10-a: uncordon",
              "summary CANCELLED, drain STOPPED");
      assertThat(vm.seen().lines("start drain/20-b")).isEmpty();
      assertThat(vm.posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("H15 the daemon ends while the second of three runs: it is called again, no other")
  void repeatsOnlyWhatWasNotFinished() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(Hook.DRAIN, "10-a", "echo $DRAIN_ID $DRAIN_ATTEMPT")
          .hook(
              Hook.DRAIN,
              "20-b",
              "echo $DRAIN_ID $DRAIN_ATTEMPT $DRAIN_CHECK_STATUS; until [ -e go ]; do sleep 0.02;"
                  + " done")
          .hook(Hook.DRAIN, "30-c", "echo $DRAIN_ID $DRAIN_ATTEMPT")
          .start();
      String id = vm.publish("Reboot");
      vm.seen().await("said drain/20-b");

      vm.restart();
      vm.seen().await("said drain/20-b", 2);
      // by now the metadata service has told who we are, which must not begin anything again
      vm.seen().awaitPolls(2);
      vm.put("go");
      vm.endOnceStarted(id);

      String episode = id + "/" + TestVm.NAME;
      assertThat(vm.seen().said(Hook.DRAIN, "10-a")).containsExactly(episode + " 1");
      assertThat(vm.seen().said(Hook.DRAIN, "20-b"))
          .containsExactly(episode + " 1 0", episode + " 2 0");
      assertThat(vm.seen().said(Hook.DRAIN, "30-c")).containsExactly(episode + " 1");
      assertThat(vm.posts()).containsExactly(id);
    }
  }

  @Test
  @DisplayName("H16 the VM reboots between pre-stop and drain: drain by the recorded deadline")
  void drainsByTheRecordedDeadlineAfterAReboot() throws Exception {
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(Hook.PRE_STOP, "10-a", "echo $DRAIN_DEADLINE")
          .hook(Hook.DRAIN, "10-a", "echo $DRAIN_DEADLINE; " + WAITS)
          .start();
      String id = vm.publish(TestVm.event("Reboot").notice(Duration.ofMinutes(20)));
      vm.seen().await("said drain/10-a: ready");
      final Instant deadline =
          vm.daemon().watch().episode().flatMap(Episode::deadline).orElseThrow();

      vm.stop();
      forgetTheDrainHook(vm);
      vm.put("go");
      vm.clock().step(Duration.ofMinutes(3));
      vm.reboot();
      vm.endOnceStarted(id);

      assertThat(vm.seen().lines("notify REBOOTED")).hasSize(1);
      assertThat(vm.seen().lines("start pre-stop")).hasSize(1);
      List<String> drain = vm.seen().said(Hook.DRAIN, "10-a");
      assertThat(Instant.parse(drain.get(2))).isEqualTo(deadline);
      assertThat(vm.posts()).containsExactly(id);
    }
  }

  /** The machine goes down right after the result of pre-stop was recorded. */
  private static void forgetTheDrainHook(TestVm vm) throws Exception {
    List<String> kept =
        vm.journal().stream()
            .filter(line -> !line.contains("\"DRAIN\":{\"hook\":\"DRAIN\",\"listed\":true"))
            .toList();
    assertThat(kept.getLast()).contains("\"SUCCEEDED\"");
    Files.write(vm.state().resolve("journal.jsonl"), kept);
  }

  @Test
  @DisplayName("H17 Preempt joins a Reboot drain: same id, new file, the script goes on")
  void aMoreUrgentEventJoins() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(
              Hook.DRAIN,
              "10-a",
              "echo $DRAIN_ID $DRAIN_EVENT_TYPE $DRAIN_ATTEMPT;"
                  + " [ $DRAIN_ATTEMPT -eq 1 ] || { sleep 60 & wait; };"
                  + " until grep -q Preempt \"$DRAIN_CONTEXT_FILE\"; do sleep 0.02; done;"
                  + " echo joined; exit 75")
          .start();
      String reboot = vm.publish("Reboot");
      vm.seen().await("said drain/10-a");

      String preempt = vm.publish(TestVm.event("Preempt").notice(Duration.ofSeconds(30)));
      vm.seen().await("said drain/10-a: joined");
      String episode = reboot + "/" + TestVm.NAME;
      vm.seen().await("said drain/10-a: " + episode + " Preempt 2");
      assertThat(vm.seen().lines("ending")).isEmpty();
      Instant deadline = vm.daemon().watch().episode().flatMap(Episode::deadline).orElseThrow();
      vm.clock().stepTo(deadline.minusMillis(200));
      vm.seen().await("end drain/10-a #2: ended");

      assertThat(vm.seen().said(Hook.DRAIN, "10-a"))
          .containsExactly(episode + " Reboot 1", "joined", episode + " Preempt 2");
      assertThat(vm.seen().lines("notify EVENT_JOINED Preempt")).hasSize(1);
      assertThat(vm.posts()).doesNotContain(reboot, preempt);
    }
  }

  @Test
  @DisplayName("Started while a script of the drain runs: it goes on, no further one starts")
  void letsARunningScriptGoOnAfterTheStart() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(Hook.DRAIN, "10-a", WAITS).hook(Hook.DRAIN, "20-b", "echo b").start();
      String id = vm.publish("Reboot");
      vm.seen().await("said drain/10-a: ready");

      vm.simulator().startNow(id);
      vm.seen().await("state MaintenanceStarted");
      vm.seen().awaitPolls(2);
      assertThat(vm.seen().lines("ending")).isEmpty();
      vm.put("go");
      vm.seen().await("end drain/10-a #1: 0");
      vm.endOnceStarted(id);

      assertThat(vm.seen().lines("start drain/20-b")).isEmpty();
      assertThat(vm.seen().summaries().getFirst().entered())
          .doesNotContainKey(MaintenanceState.DRAINED);
      assertThat(vm.posts()).isEmpty();
    }
  }
}
