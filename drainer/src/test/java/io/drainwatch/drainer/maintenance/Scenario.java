package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What tests of whole maintenances share: one virtual VM, and no invariant broken by it. */
abstract class Scenario {
  VirtualVm vm = new VirtualVm();

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(vm.violations).isEmpty();
  }

  final VirtualVm with(LifecycleSettings settings) {
    vm = new VirtualVm(settings);
    return vm;
  }

  final VirtualVm with(Rules... rules) {
    return with(Rules.settings(rules));
  }

  final void platform(Events... events) {
    vm.platform.clear();
    for (Events event : events) {
      vm.platform.add(event.event());
    }
  }

  final void scriptInEveryHook() {
    for (Hook hook : Hook.values()) {
      vm.script(hook, "10-a", "2S", 0);
    }
  }

  final Episode episode() {
    return vm.episode().orElseThrow(() -> new AssertionError("no episode"));
  }

  final Instant at(String afterStart) {
    return VirtualVm.START.plus(Duration.parse("PT" + afterStart));
  }

  final Summary summary() {
    assertThat(vm.summaries).hasSize(1);
    return vm.summaries.getFirst();
  }

  /** When the core says this, from now on. */
  final List<Instant> timesOf(Class<? extends Action> kind) {
    List<Instant> times = new ArrayList<>();
    vm.onlooker =
        (before, observation, step, at) ->
            step.actions().stream().filter(kind::isInstance).forEach(action -> times.add(at));
    return times;
  }

  static List<Long> secondsSinceStart(List<Instant> times) {
    return times.stream().map(at -> Duration.between(VirtualVm.START, at).toSeconds()).toList();
  }

  /** Scripts called, cordons, requests and the like, in order; states and words left out. */
  final List<String> calls() {
    return vm.deeds().stream()
        .filter(line -> line.contains("/") || line.contains(" ") || line.endsWith("cordon"))
        .toList();
  }

  /** Nothing more happens in a quiet minute. */
  final void assertQuiet() {
    List<String> before = vm.deeds();
    vm.run("1M");
    assertThat(vm.deeds()).isEqualTo(before);
  }
}
