package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.OnFailure;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.watcher.byhand.BoshHandRun;
import io.drainwatch.watcher.byhand.HandRun;
import io.drainwatch.watcher.byhand.Listener;
import io.drainwatch.watcher.byhand.Occasion;
import io.drainwatch.watcher.byhand.RemovedPeer;
import io.drainwatch.watcher.byhand.SlipStreamHandRun;
import io.drainwatch.watcher.byhand.Workbench;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything configured that belongs to one hook, run now: native scripts, then those of BOSH jobs,
 * then SlipStream's (drain-scripts.md 1.3). Where a failure of the hook stops, what comes after the
 * contract that failed does not run.
 */
final class HookByHand {

  /** What the scripts are told about. */
  sealed interface About {
    String describe();

    /** A maintenance of this VM. */
    record ThisVm(Occasion occasion, VmFacts facts) implements About {
      @Override
      public String describe() {
        return occasion.describe();
      }
    }

    /** One at least, all of one event. */
    record Removed(List<RemovedPeer> peers) implements About {
      @Override
      public String describe() {
        return peers.getFirst().describe();
      }
    }

    /** VMs that are new, or back; there is no event. */
    record Added(List<String> vms, String self) implements About {
      @Override
      public String describe() {
        return "the new VMs " + String.join(", ", vms);
      }
    }
  }

  private final Caller caller;
  private final DrainwatchSettings settings;
  private final Hook hook;
  private final HookListing listing;
  private final HandRun nativeScripts;
  private final BoshHandRun bosh;
  private final SlipStreamHandRun slipStream;

  HookByHand(
      Caller caller, DrainwatchSettings settings, Hook hook, Path scratch, Listener listener) {
    this.caller = caller;
    this.settings = settings;
    this.hook = hook;
    this.listing = HooksListCommand.directories(settings, caller).list(hook);
    ScriptModes modes = caller.modes().apply(settings);
    SafetyCheck check = caller.safety().get();
    BoshTree tree =
        new BoshTree(modes.bosh(), ScriptModes.check(modes.bosh(), caller.safety().get()));
    Workbench bench = bench(tree, scratch, listener);
    this.nativeScripts = new HandRun(bench);
    this.bosh = bosh(bench, modes.bosh(), tree);
    ScriptNames names = ConfiguredDaemon.scriptNames(settings.hooks());
    this.slipStream =
        new SlipStreamHandRun(
            bench,
            modes.slipStream(),
            new SlipStreamDirectory(modes.slipStream().directory(), names::skips, check),
            modes.slipStreamWork());
  }

  /** Whoever and whatever it were told about. */
  boolean hasNothing() {
    return listing.scripts().isEmpty()
        && bosh.planned(hook).isEmpty()
        && !slipStream.hasScripts(hook);
  }

  /** What would run, in order, as in the daemon's record. */
  List<String> names(About about) {
    List<String> names = new ArrayList<>();
    listing.scripts().stream().map(HookEntry::name).forEach(names::add);
    names.addAll(bosh.planned(hook));
    planned(about).stream().map(SlipStreamHandRun.Planned::name).forEach(names::add);
    return names;
  }

  /** Whether all are done; says which are not. */
  boolean run(About about) throws InterruptedException {
    List<String> failures = new ArrayList<>(nativeFailures(about));
    if (goesOnAfter(failures, !bosh.planned(hook).isEmpty(), "BOSH")
        && about instanceof About.ThisVm(Occasion occasion, VmFacts facts)) {
      bosh.run(hook, occasion, facts).ifPresent(failures::add);
    }
    List<SlipStreamHandRun.Planned> planned = planned(about);
    if (goesOnAfter(failures, !planned.isEmpty(), "SlipStream")) {
      addFailure(slipStream.run(hook, planned), failures);
    }
    failures.forEach(failure -> caller.complain(Lines.plain(failure)));
    return failures.isEmpty();
  }

  private List<String> nativeFailures(About about) throws InterruptedException {
    List<String> failures = new ArrayList<>();
    switch (about) {
      case About.ThisVm(Occasion occasion, VmFacts facts) ->
          addFailure(nativeScripts.run(listing, occasion, facts), failures);
      case About.Removed(List<RemovedPeer> peers) -> {
        List<ScriptSummary> each = new ArrayList<>();
        for (RemovedPeer peer : peers) {
          each.add(nativeScripts.run(listing, peer, peer.facts()));
        }
        addFailure(together(each), failures);
      }
      case About.Added(List<String> vms, String self) -> {
        List<ScriptSummary> each = new ArrayList<>();
        for (String vm : vms) {
          each.add(nativeScripts.runAdded(listing, vm));
        }
        addFailure(together(each), failures);
      }
    }
    return failures;
  }

  private List<SlipStreamHandRun.Planned> planned(About about) {
    return switch (about) {
      case About.ThisVm(Occasion occasion, VmFacts facts) ->
          slipStream.planned(hook, occasion, facts);
      case About.Removed(List<RemovedPeer> peers) -> slipStream.plannedRemoved(peers);
      case About.Added(List<String> vms, String self) -> slipStream.plannedAdded(vms, self);
    };
  }

  private boolean goesOnAfter(List<String> failures, boolean any, String contract) {
    boolean stops = !failures.isEmpty() && settings.hooks().of(hook).onFailure() == OnFailure.STOP;
    if (any && stops) {
      caller.complain(
          contract + " scripts of hook " + hook.word() + " are not run: a failure stops it.");
    }
    return any && !stops;
  }

  private static void addFailure(ScriptSummary summary, List<String> failures) {
    if (!summary.failed().isEmpty()) {
      failures.add(summary.sentence());
    }
  }

  private ScriptSummary together(List<ScriptSummary> each) {
    return new ScriptSummary(
        hook.word(),
        each.stream().flatMap(one -> one.failed().stream()).toList(),
        each.stream().flatMap(one -> one.successful().stream()).toList());
  }

  private Workbench bench(BoshTree tree, Path scratch, Listener listener) {
    ContextSettings context = ConfiguredDaemon.context(settings);
    Path work = settings.stateDir().resolve("work");
    return new Workbench(
        runner(caller.safety().get()),
        new Workbench.Settings(
            // what scripts keep there must be found again
            Files.isWritable(work) ? work : scratch.resolve("work"),
            scratch,
            context.jobs().isEmpty() ? context.withJobs(tree.jobs()) : context,
            settings.compat().webdevops(),
            settings.hooks().recall(),
            settings.hooks().of(hook).timeout(),
            Optional.empty()),
        caller.clock(),
        caller.pause(),
        listener);
  }

  private BoshHandRun bosh(Workbench bench, BoshSettings modes, BoshTree tree) {
    SafetyCheck check = ScriptModes.check(modes, caller.safety().get());
    return new BoshHandRun(bench.with(runner(check)), modes, tree, modes.base(), Optional.empty());
  }

  private ScriptRunner runner(SafetyCheck check) {
    return new ScriptRunner(
        check,
        new ScriptEnvironment(
            caller.environment(),
            settings.hooks().envDrop(),
            System.getProperty("user.home", "/")));
  }
}
