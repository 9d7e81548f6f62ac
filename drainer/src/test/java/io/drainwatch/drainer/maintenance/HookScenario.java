package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What tests of hooks share. */
abstract class HookScenario extends Scenario {

  final void hooks(Map<Hook, Duration> timeouts, Map<Hook, OnFailure> onFailure) {
    with(
        LifecycleSettings.defaults()
            .withHooks(new HookSettings(timeouts, onFailure, HookSettings.DEFAULT_RECALL)));
  }

  final List<Action.RunScript> runs(Hook hook) {
    return vm.actions.stream()
        .filter(Action.RunScript.class::isInstance)
        .map(Action.RunScript.class::cast)
        .filter(run -> run.hook() == hook)
        .toList();
  }

  final ScriptRun script(Hook hook, String name) {
    return episode().hooks().get(hook).script(name).orElseThrow();
  }
}
