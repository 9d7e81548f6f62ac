package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Contract;
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
 * 10-lb, 30-log.} One sentence for each contract.
 */
final class FinishedHooks {
  private FinishedHooks() {}

  static List<String> failures(Optional<Episode> before, Optional<Episode> after) {
    return Arrays.stream(Hook.values())
        .flatMap(hook -> run(after, hook).filter(run -> !isFinished(run(before, hook))))
        .filter(run -> run.isFinished() && run.hasFailed())
        .flatMap(FinishedHooks::sentences)
        .toList();
  }

  private static Stream<HookRun> run(Optional<Episode> episode, Hook hook) {
    return episode.map(Episode::hooks).map(hooks -> hooks.get(hook)).stream();
  }

  private static boolean isFinished(Stream<HookRun> run) {
    return run.anyMatch(HookRun::isFinished);
  }

  // Each contract has a sentence of its own: a BOSH job is not a script's name.
  private static Stream<String> sentences(HookRun run) {
    return Arrays.stream(Contract.values())
        .filter(contract -> !names(run, contract, ScriptRun.Phase.FAILED).isEmpty())
        .map(
            contract ->
                new ScriptSummary(
                        run.hook().word(),
                        contract == Contract.BOSH ? "Jobs" : "",
                        names(run, contract, ScriptRun.Phase.FAILED),
                        names(run, contract, ScriptRun.Phase.SUCCEEDED))
                    .sentence());
  }

  private static List<String> names(HookRun run, Contract contract, ScriptRun.Phase phase) {
    return run.scripts().stream()
        .filter(script -> script.contract() == contract && script.phase() == phase)
        .map(ScriptRun::name)
        .map(name -> BoshJobs.jobOf(name).orElse(name))
        .toList();
  }
}
