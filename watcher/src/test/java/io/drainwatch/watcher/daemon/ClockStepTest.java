package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            .contains("ending drain/10-a: the deadline was reached", "said drain/10-a: term");
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

  @Test
  void aStepBringsNoPollBeforeTheServiceAskedForIt() throws Exception {
    new SteppableSystem().play(BackOff.class, directory);
  }

  static final class BackOff implements SteppableSystem.Scenario {
    @Override
    public void accept(Path directory) {
      try (TestVm vm = TestVm.in(directory)) {
        Duration asked = Duration.ofSeconds(2);
        vm.start();
        vm.seen().awaitPolls(1);
        vm.simulator()
            .setFault(PlannedFault.nextPolls(1, new Fault.Status(503, Optional.of(asked))));
        vm.seen().awaitThat("a refusal", () -> vm.daemon().metadata().failuresInARow() == 1);
        int received = vm.simulator().requests().size();

        SteppableSystem.Clock.step(HOUR);
        vm.seen().awaitPolls(1);
        SteppableSystem.Clock.step(HOUR.negated());
        vm.seen().awaitPolls(2);

        List<RecordedRequest> requests = vm.simulator().requests();
        assertThat(requests.get(received).at())
            .isAfterOrEqualTo(requests.get(received - 1).at().plus(asked));
      }
    }
  }

  @Test
  void aRunningScriptKeepsItsTimeWhenTheClockIsSetForward() throws Exception {
    new SteppableSystem().play(TimeLeft.class, directory);
  }

  static final class TimeLeft implements SteppableSystem.Scenario {
    @Override
    public void accept(Path directory) {
      try (TestVm vm = TestVm.in(directory)) {
        Map<Hook, Duration> timeouts = Map.of(Hook.DRAIN, Duration.ofMinutes(10));
        vm.lifecycle(
                each -> each.withHooks(new HookSettings(timeouts, Map.of(), Duration.ofSeconds(1))))
            .hook(Hook.DRAIN, "10-a", ENDLESS)
            .start();
        vm.publish(TestVm.event("Redeploy").notice(Duration.ofHours(24)));
        vm.seen().await("said drain/10-a: ready");

        SteppableSystem.Clock.step(HOUR);
        vm.seen().awaitThat("the step", () -> vm.seen().clockSteps() == 1);
        vm.seen().awaitPolls(5);

        assertThat(vm.seen().lines("ending")).isEmpty();
      }
    }
  }

  @Test
  void aScriptIsCalledAgainInTimeWhenTheClockIsSetBack() throws Exception {
    new SteppableSystem().play(Recall.class, directory);
  }

  static final class Recall implements SteppableSystem.Scenario {
    @Override
    public void accept(Path directory) {
      try (TestVm vm = TestVm.in(directory)) {
        vm.hook(Hook.DRAIN, "10-a", "exit 75").start();
        vm.publish(TestVm.event("Redeploy").notice(Duration.ofHours(24)));
        vm.seen().await("end drain/10-a #1");

        SteppableSystem.Clock.step(HOUR.negated());
        vm.seen().await("start drain/10-a #3");
        SteppableSystem.Clock.step(HOUR);
        vm.seen().await("start drain/10-a #5");
      }
    }
  }

  private static Duration untilDeadline(TestVm vm) {
    return Duration.between(
        vm.clock().instant(),
        vm.daemon().watch().episode().flatMap(Episode::deadline).orElseThrow());
  }
}
