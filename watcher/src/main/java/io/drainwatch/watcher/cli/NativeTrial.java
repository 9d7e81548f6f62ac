package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.watcher.byhand.HandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code hooks test --native}. */
final class NativeTrial {
  private final ScriptTrial trial;
  private final SafetyCheck check;

  NativeTrial(ScriptTrial trial) {
    this.trial = trial;
    this.check = trial.caller().safety().get();
  }

  /** Whether all scripts are done. */
  boolean run(Path base) throws IOException, InterruptedException, ScriptTrial.NothingToTry {
    boolean done = true;
    for (HookListing listing : listings(base)) {
      tellSkipped(listing);
      ScriptSummary summary = run(listing);
      if (!summary.failed().isEmpty()) {
        done = false;
        trial.say(summary.sentence());
      }
    }
    return done;
  }

  private ScriptSummary run(HookListing listing) throws InterruptedException {
    HandRun run =
        new HandRun(trial.bench(listing.hook(), check, ConfiguredDaemon.context(trial.settings())));
    return listing.hook() == Hook.PEER_ADDED
        ? run.runAdded(listing, ScriptTrial.VM)
        : run.run(listing, trial.occasion(), trial.facts());
  }

  private List<HookListing> listings(Path base) throws IOException, ScriptTrial.NothingToTry {
    boolean ofHooks =
        Arrays.stream(Hook.values()).anyMatch(each -> Files.isDirectory(base.resolve(each.word())));
    if (ofHooks) {
      return trial.hooks().stream().map(each -> list(base, each)).toList();
    }
    if (trial.only().isEmpty()) {
      throw new ScriptTrial.NothingToTry(
          "--native "
              + base
              + " has no directory of a hook, such as drain/; are these the scripts of one hook,"
              + " say which with --hook");
    }
    Hook only = trial.only().get();
    Path hooks = Files.createDirectories(trial.scratch().resolve("hooks.d"));
    Files.createSymbolicLink(hooks.resolve(only.word()), base);
    return List.of(list(hooks, only));
  }

  private HookListing list(Path base, Hook of) {
    ScriptNames names = ConfiguredDaemon.scriptNames(trial.settings().hooks());
    return new HookDirectories(List.of(base), names, check).list(of);
  }

  private void tellSkipped(HookListing listing) {
    for (HookEntry entry : listing.entries()) {
      if (entry.verdict() instanceof Verdict.Skipped skipped) {
        trial.say(listing.hook().word() + "/" + entry.name() + " " + skipped.text());
      }
    }
  }
}
