package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamHook;
import io.drainwatch.drainer.slipstream.SlipStreamListing;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.byhand.RemovedPeer;
import io.drainwatch.watcher.byhand.SlipStreamHandRun;
import io.drainwatch.watcher.byhand.SlipStreamHandRun.Planned;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code hooks test --slipstream}: Pre-Scale and Post-Scale on the VM that the made-up event names;
 * On VM Remove, if the event takes it away, and On VM Add on another one of its group.
 */
final class SlipStreamTrial {
  private final ScriptTrial trial;

  SlipStreamTrial(ScriptTrial trial) {
    this.trial = trial;
  }

  /** Whether all scripts are done. */
  boolean run(Path directory) throws InterruptedException, ScriptTrial.NothingToTry {
    ScriptModes modes = trial.caller().modes().apply(trial.settings());
    SlipStreamSettings settings = modes.slipStreamOver(directory);
    SafetyCheck check = trial.caller().safety().get();
    ScriptNames names = ConfiguredDaemon.scriptNames(trial.settings().hooks());
    SlipStreamDirectory scripts = new SlipStreamDirectory(directory, names::skips, check);
    if (Arrays.stream(SlipStreamHook.values())
        .allMatch(hook -> scripts.list(hook).targets().isEmpty())) {
      throw new ScriptTrial.NothingToTry(
          "--slipstream " + directory + " has no prescale, postscale, onvmremove or onvmadd");
    }
    trial.sayIfOnlyObserved();
    boolean done = true;
    for (SlipStreamHook each : SlipStreamHook.values()) {
      Hook hook = each.contextHook().orElse(Hook.PEER_ADDED);
      if (trial.hooks().contains(hook)) {
        SlipStreamHandRun run =
            new SlipStreamHandRun(
                trial.bench(hook, check, ConfiguredDaemon.context(trial.settings())),
                settings,
                scripts,
                trial.scratch().resolve("slipstream"));
        done &= run(each, hook, run, scripts.list(each));
      }
    }
    return done;
  }

  private boolean run(
      SlipStreamHook each, Hook hook, SlipStreamHandRun run, SlipStreamListing listing)
      throws InterruptedException {
    tellWarnings(listing);
    List<Planned> planned = planned(each, hook, run);
    if (planned.isEmpty() && !listing.scripts().isEmpty()) {
      trial.say(each.word() + " has no part in " + trial.occasion().describe() + ".");
    }
    ScriptSummary summary = run.run(hook, planned);
    if (!summary.failed().isEmpty()) {
      trial.say(summary.sentence());
    }
    return summary.failed().isEmpty();
  }

  private List<Planned> planned(SlipStreamHook each, Hook hook, SlipStreamHandRun run) {
    return switch (each) {
      case PRE_SCALE, POST_SCALE -> run.planned(hook, trial.occasion(), trial.facts());
      case ON_VM_REMOVE ->
          run.plannedRemoved(
              RemovedPeer.of(
                  trial.occasion().event().kind(),
                  List.of(ScriptTrial.VM),
                  ScriptTrial.PEER,
                  trial.caller().clock().instant()));
      case ON_VM_ADD -> run.plannedAdded(List.of(ScriptTrial.VM), ScriptTrial.PEER);
    };
  }

  private void tellWarnings(SlipStreamListing listing) {
    listing
        .warnings()
        .forEach(
            target -> trial.say(target.entry().path() + " " + target.entry().verdict().text()));
  }
}
