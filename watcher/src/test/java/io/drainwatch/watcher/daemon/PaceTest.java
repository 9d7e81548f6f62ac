package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How soon something happens: bounds that a busy machine keeps too, not measurements. */
@Timeout(60)
class PaceTest {
  @TempDir private Path directory;

  @Test
  void theFirstScriptStartsSoonAfterTheDocumentIsRead() {
    FirstScript first = new FirstScript();
    try (TestVm vm = TestVm.in(directory)) {
      vm.pollEvery(Duration.ofMillis(800))
          .witness(first)
          .hook(Hook.SCHEDULED, "10-a", "echo a")
          .start();
      vm.seen().awaitPolls(1);

      vm.publish("Reboot");
      vm.seen().await("said scheduled/10-a: a");

      assertThat(first.startedAfter()).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void theNextPollComesAnIntervalAfterASlowAnswer() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.simulator()
          .setFault(PlannedFault.nextPolls(3, new Fault.SlowAnswer(Duration.ofMillis(200))));
      vm.pollEvery(Duration.ofMillis(150)).start();
      vm.seen().awaitPolls(5);

      List<RecordedRequest> polls =
          vm.simulator().requests().stream()
              .filter(request -> request.path().contains("scheduledevents"))
              .toList();
      // after a quick one the rhythm goes on, however late a request arrived on a busy machine
      for (int i = 1; i <= 3; i++) {
        assertThat(polls.get(i).at())
            .isAfterOrEqualTo(polls.get(i - 1).at().plusMillis(200).plusMillis(145));
      }
    }
  }

  @Test
  void pollsAreNotHeldUpByScripts() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(Hook.DRAIN, "10-a", "echo ready; until [ -e go ]; do sleep 0.02; done").start();
      vm.publish("Reboot");
      vm.seen().await("said drain/10-a: ready");

      vm.seen().awaitPolls(10);
      vm.put("go");
      vm.seen().await("end drain/10-a #1: 0");
    }
  }

  /** When the first document with an event was read, and when the first script was started. */
  private static final class FirstScript implements Witness {
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong started = new AtomicLong();

    @Override
    public void polled(Poll poll) {
      if (poll.result() instanceof PollResult.Valid valid && !valid.document().events().isEmpty()) {
        read.compareAndSet(0, System.nanoTime());
      }
    }

    @Override
    public void scriptStarted(String episode, Hook hook, String script, int attempt) {
      started.compareAndSet(0, System.nanoTime());
    }

    Duration startedAfter() {
      return Duration.ofNanos(started.get() - read.get());
    }
  }
}
