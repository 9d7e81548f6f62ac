package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The daemon dies at each change of the record while it tells of two removals, beside a maintenance
 * of its own: what has a result is not run again, what was begun without one is, once.
 */
class PeerCrashTest {

  private static VirtualVm play(Optional<CrashPoint> crash, boolean reboots) {
    VirtualVm vm = new VirtualVm();
    vm.jsonAtEachAppend = false;
    vm.script(Hook.PEER_REMOVED, "10-a", "2S", 0)
        .script(Hook.PEER_REMOVED, "20-b", call -> VirtualVm.exits("1S", call == 1 ? 75 : 0))
        .script(Hook.DRAIN, "10-a", "5S", 0);
    vm.platform.add(Events.preempt("P").naming("west_1").started().event());
    vm.platform.add(Events.terminate("Q").naming("west_2", "east_1").started().event());
    vm.platform.add(Events.reboot("A").event());
    vm.after("4S", () -> vm.platform.removeIf(each -> each.id().equals("P")));
    vm.after("6S", () -> vm.platform.removeIf(each -> each.id().equals("Q")));
    vm.after("60S", vm.platform::clear);
    vm.crash = crash;
    vm.start();
    for (int second = 0; second < 150; second++) {
      if (!vm.isAlive()) {
        if (reboots) {
          vm.reboot("boot-2");
        }
        vm.run("2S").start();
      }
      vm.run("1S");
    }
    return vm;
  }

  private static long calls(VirtualVm vm, String script) {
    return vm.log.stream().filter(line -> line.startsWith("peer-removed/" + script)).count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("SS05 each removal is told once, wherever the daemon dies")
  void tellsEachRemovalWhereverItDies(boolean reboots) {
    VirtualVm undisturbed = play(Optional.empty(), reboots);
    assertThat(undisturbed.peers().done()).containsExactly("P", "Q");
    assertThat(calls(undisturbed, "10-a")).isEqualTo(2);
    assertThat(calls(undisturbed, "20-b")).isEqualTo(4);
    List<String> wrong = new ArrayList<>();
    for (int change = 0; change < undisturbed.changes(); change++) {
      for (CrashPoint.Moment moment : CrashPoint.Moment.values()) {
        CrashPoint point = new CrashPoint(change, moment);
        VirtualVm vm = play(Optional.of(point), reboots);
        boolean isRight =
            vm.violations.isEmpty()
                && vm.peers().done().equals(List.of("P", "Q"))
                && vm.peers().isIdle()
                && vm.episode().isEmpty()
                && !vm.said(Reason.HOOK_FAILED)
                && isBetween(calls(vm, "10-a"), 2, 3)
                && isBetween(calls(vm, "20-b"), 3, 5);
        if (!isRight) {
          wrong.add(point + ": " + vm.peers() + vm.violations + "\n" + vm.log);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(undisturbed.changes()).as("points to die at").isGreaterThan(25);
  }

  // A call without a result is made again. One that was recorded and not made counts as made, so
  // that the script which asks for a second call at the first is called once in all.
  private static boolean isBetween(long calls, int least, int most) {
    return calls >= least && calls <= most;
  }
}
