package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine's clock is set in the middle of everything: by an operator, or after a Freeze by the
 * length of the pause. Played on a system whose clock can be set, Quartz's with it.
 */
@Timeout(60)
class ClockStepTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ENDLESS =
      "trap 'echo term; exit 1' TERM; echo ready; sleep 60 & wait";

  @TempDir private Path directory;

  @Test
  void pollsGoOnWhenTheClockIsSetBack() throws Exception {
    new SteppableSystem().play(SetBack.class, directory);
  }

  static final class SetBack implements SteppableSystem.Scenario {
    @Override
    public void accept(Path directory) {
      try (TestVm vm = TestVm.in(directory)) {
        vm.hook(Hook.DRAIN, "10-a", ENDLESS).start();
        String id = vm.publish("Reboot");
        vm.seen().await("said drain/10-a: ready");

        SteppableSystem.Clock.step(HOUR.negated());
        vm.seen().awaitPolls(5);

        assertThat(vm.seen().lines("ending")).as("the drain goes on").isEmpty();
        SteppableSystem.Clock.step(HOUR);
        SteppableSystem.Clock.step(untilDeadline(vm).plusSeconds(3));
        vm.seen().await("end drain/10-a #1: ended");
        vm.seen().awaitPolls(5);
        assertThat(vm.seen().lines("notify DEADLINE_REACHED")).hasSize(1);
        assertThat(vm.posts()).doesNotContain(id);
      }
    }
  }

  @Test
  void theDrainEndsAtOnceWhenTheClockIsSetPastItsDeadline() throws Exception {
    new SteppableSystem().play(SetForward.class, directory);
  }

  static final class SetForward implements SteppableSystem.Scenario {
    @Override
    public void accept(Path directory) {
      try (TestVm vm = TestVm.in(directory)) {
        vm.hook(Hook.DRAIN, "10-a", ENDLESS).start();
        vm.publish("Reboot");
        vm.seen().await("said drain/10-a: ready");

        SteppableSystem.Clock.step(HOUR);
        vm.seen().await("end drain/10-a #1: ended");
        vm.seen().awaitPolls(5);

        assertThat(vm.seen().lines())
            .containsSubsequence(
                "ending drain/10-a: the deadline was reached", "said drain/10-a: term");
        assertThat(vm.posts()).isEmpty();
      }
    }
  }

  @Test
  void theDeadlineIsKeptByTheNewClockWhileTheServiceIsSilent() throws Exception {
    new SteppableSystem().play(Silent.class, directory);
  }

  static final class Silent implements SteppableSystem.Scenario {
    @Override
    public void accept(Path directory) {
      try (TestVm vm = TestVm.in(directory)) {
        // no poll wakes anybody: the one that is under way has no answer
        vm.hook(Hook.DRAIN, "10-a", ENDLESS).start();
        vm.publish("Reboot");
        vm.seen().await("said drain/10-a: ready");
        vm.simulator()
            .setFault(PlannedFault.nextPolls(100, new Fault.SlowAnswer(Duration.ofSeconds(15))));
        int received = vm.simulator().requests().size();
        vm.seen().awaitThat("a poll", () -> vm.simulator().requests().size() > received);

        SteppableSystem.Clock.step(untilDeadline(vm).minusMillis(1_900));
        vm.seen().await("notify DEADLINE_REACHED");

        Instant deadline = vm.daemon().watch().episode().flatMap(Episode::deadline).orElseThrow();
        assertThat(vm.clock().instant()).isBetween(deadline, deadline.plusSeconds(5));
        assertThat(vm.seen().lines("ending")).hasSize(1);
      }
    }
  }

  @Test
  void aStepInMidPollBringsTheNextOneNoEarlier() throws Exception {
    new SteppableSystem().play(MidPoll.class, directory);
  }

  static final class MidPoll implements SteppableSystem.Scenario {
    @Override
    public void accept(Path directory) {
      try (TestVm vm = TestVm.in(directory)) {
        vm.pollEvery(Duration.ofMillis(700)).start();
        vm.seen().awaitPolls(1);
        vm.simulator()
            .setFault(PlannedFault.nextPolls(1, new Fault.SlowAnswer(Duration.ofMillis(1_500))));
        int received = vm.simulator().requests().size();
        vm.seen().awaitThat("a poll", () -> vm.simulator().requests().size() > received);

        SteppableSystem.Clock.step(HOUR.negated());
        vm.seen().awaitPolls(2);

        List<RecordedRequest> requests = vm.simulator().requests();
        assertThat(requests.get(received + 1).at())
            .isAfterOrEqualTo(requests.get(received).at().plusMillis(2_200));
      }
    }
  }

  private static Duration untilDeadline(TestVm vm) {
    return Duration.between(
        vm.clock().instant(),
        vm.daemon().watch().episode().flatMap(Episode::deadline).orElseThrow());
  }
}
