package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.ScriptRun;
import io.drainwatch.drainer.scripts.ScriptSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sentence about all scripts of a hook (drain-scripts.md 1.1) for each hook that came to its
 * end in a step with a failure: {@code 1 of 3 drain scripts failed. Failed: 20-etcd. Successful:
 * 10-lb, 30-log.}
 */
final class FinishedHooks {
  private FinishedHooks() {}

  static List<String> failures(Optional<Episode> before, Optional<Episode> after) {
    return Arrays.stream(Hook.values())
        .flatMap(hook -> run(after, hook).filter(run -> !isFinished(run(before, hook))))
        .filter(run -> run.isFinished() && run.hasFailed())
        .map(FinishedHooks::sentence)
        .toList();
  }

  private static Stream<HookRun> run(Optional<Episode> episode, Hook hook) {
    return episode.map(Episode::hooks).map(hooks -> hooks.get(hook)).stream();
  }

  private static boolean isFinished(Stream<HookRun> run) {
    return run.anyMatch(HookRun::isFinished);
  }

  private static String sentence(HookRun run) {
    return new ScriptSummary(
            run.hook().word(),
            names(run, ScriptRun.Phase.FAILED),
            names(run, ScriptRun.Phase.SUCCEEDED))
        .sentence();
  }

  private static List<String> names(HookRun run, ScriptRun.Phase phase) {
    return run.scripts().stream()
        .filter(script -> script.phase() == phase)
        .map(ScriptRun::name)
        .toList();
  }
}
