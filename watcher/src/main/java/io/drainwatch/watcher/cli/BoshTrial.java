package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.bosh.BoshEntry;
import io.drainwatch.drainer.bosh.BoshListing;
import io.drainwatch.drainer.bosh.BoshScript;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.NextState;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.watcher.byhand.BoshHandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code hooks test --bosh}: the way of drain-scripts.md 3.2, as the made-up event asks for it. A
 * step that fails ends the way out of service, and the way back begins all the same.
 */
final class BoshTrial {
  private final ScriptTrial trial;

  BoshTrial(ScriptTrial trial) {
    this.trial = trial;
  }

  /** Whether all scripts are done. */
  boolean run(Path directory, List<String> jobs)
      throws InterruptedException, ScriptTrial.NothingToTry {
    ScriptModes modes = trial.caller().modes().apply(trial.settings());
    BoshSettings settings = settings(modes, base(directory), jobs);
    SafetyCheck check = ScriptModes.check(settings, trial.caller().safety().get());
    BoshTree tree = new BoshTree(settings, check);
    ContextSettings context = context(tree);
    if (hooksOf(BoshScript.values()).isEmpty()) {
      throw new ScriptTrial.NothingToTry(
          "BOSH jobs have no script of hook " + trial.only().map(Hook::word).orElse(""));
    }
    tellWarnings(tree);
    trial.sayIfOnlyObserved();
    boolean drained =
        all(
            hooksOf(BoshScript.PRE_STOP, BoshScript.DRAIN, BoshScript.POST_STOP),
            settings,
            tree,
            check,
            context);
    return back(settings, tree, check, context) && drained;
  }

  private boolean back(
      BoshSettings settings, BoshTree tree, SafetyCheck check, ContextSettings context)
      throws InterruptedException {
    List<Hook> hooks = hooksOf(BoshScript.PRE_START, BoshScript.POST_START);
    boolean deleted =
        trial
            .occasion()
            .effects(trial.facts(), context)
            .targets()
            .contains(NextState.Target.DELETED);
    if (!deleted) {
      return all(hooks, settings, tree, check, context);
    }
    if (!hooks.isEmpty()) {
      trial.say(
          "The VM does not come back from "
              + trial.occasion().describe()
              + ": no pre-start, no post-start.");
    }
    return true;
  }

  private boolean all(
      List<Hook> hooks,
      BoshSettings settings,
      BoshTree tree,
      SafetyCheck check,
      ContextSettings context)
      throws InterruptedException {
    for (Hook hook : hooks) {
      Optional<String> failure =
          new BoshHandRun(
                  trial.bench(hook, check, context),
                  settings,
                  tree,
                  trial.scratch().resolve("vcap"),
                  Optional.of(ScriptTrial.LONGEST_WAIT))
              .run(hook, trial.occasion(), trial.facts());
      if (failure.isPresent()) {
        trial.say(failure.get());
        return false;
      }
    }
    return true;
  }

  private List<Hook> hooksOf(BoshScript... scripts) {
    List<Hook> wanted = trial.hooks();
    return Arrays.stream(scripts).map(BoshScript::hook).filter(wanted::contains).toList();
  }

  /** drain-scripts.md 2.2: all BOSH jobs, unless the operator names others. */
  private ContextSettings context(BoshTree tree) {
    ContextSettings context = ConfiguredDaemon.context(trial.settings());
    return context.jobs().isEmpty() ? context.withJobs(tree.jobs()) : context;
  }

  private static BoshSettings settings(ScriptModes modes, Path base, List<String> jobs)
      throws ScriptTrial.NothingToTry {
    for (String job : jobs) {
      if (!Files.isDirectory(base.resolve("jobs").resolve(job))) {
        throw new ScriptTrial.NothingToTry("--job " + job + ": there is no such job in " + base);
      }
    }
    try {
      return modes.boshOver(base, jobs);
    } catch (IllegalArgumentException e) {
      throw new ScriptTrial.NothingToTry("--job: " + e.getMessage());
    }
  }

  private static Path base(Path directory) throws ScriptTrial.NothingToTry {
    Path parent = directory.getParent();
    if (Files.isDirectory(directory.resolve("jobs"))) {
      return directory;
    }
    if (parent != null && directory.endsWith("jobs")) {
      return parent;
    }
    throw new ScriptTrial.NothingToTry(
        "--bosh " + directory + " has no directory jobs, and is none itself");
  }

  private void tellWarnings(BoshTree tree) {
    for (BoshScript script : BoshScript.values()) {
      BoshListing listing = tree.list(script);
      for (BoshEntry entry :
          trial.hooks().contains(script.hook()) ? listing.warnings() : List.<BoshEntry>of()) {
        trial.say(script.word() + "/bosh/" + entry.job() + " " + entry.verdict().text());
      }
    }
  }
}
