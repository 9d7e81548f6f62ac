package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.bosh.BoshCalls;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ContextFile;
import io.drainwatch.drainer.scripts.FileLines;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.LineOutput;
import io.drainwatch.drainer.scripts.LineSink;
import io.drainwatch.drainer.scripts.LogLines;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptCalls;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.slipstream.ScalingCalls;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.record.StateDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the hooks of a plain VM together: what each contract is made of, and in which order. */
final class HookParts {
  private static final Logger LOG = LoggerFactory.getLogger(HookParts.class);

  private HookParts() {}

  static ScriptHooks of(
      DaemonSettings settings,
      Surroundings surroundings,
      StateDirectory state,
      SafetyCheck check,
      Supplier<VmFacts> facts,
      List<Witness> witnesses) {
    ScriptEnvironment environment =
        new ScriptEnvironment(
            surroundings.environment(),
            settings.environmentDrop(),
            System.getProperty("user.home", "/"));
    ScriptRunner runner = new ScriptRunner(check, environment);
    Path work = state.work();
    BoshSettings bosh = settings.bosh();
    SafetyCheck boshCheck = bosh.checks() ? check : BoshTree.checkOf(bosh);
    BoshTree tree = new BoshTree(bosh, boshCheck);
    Occasions occasions =
        new Occasions(
            new ContextFile(state.path()),
            () -> withJobs(settings.context(), tree),
            settings.webdevops(),
            settings.traceParent(),
            facts,
            surroundings.clock());
    SlipStreamSettings slipstream = settings.slipstream();
    return new ScriptHooks(
        List.of(
            new NativeScripts(
                directories(settings, check), settings.parallel(), runner, new ScriptCalls(work)),
            new BoshJobs(
                bosh,
                tree,
                new ScriptRunner(boshCheck, environment),
                new BoshCalls(bosh.base(), work)),
            new SlipStreamScripts(
                slipstream,
                new SlipStreamDirectory(
                    slipstream.directory(), settings.scriptNames()::skips, check),
                runner,
                new ScalingCalls(slipstream, surroundings.slipStreamWork()),
                () -> facts.get().name(),
                occasions)),
        occasions,
        (hook, script, file, id, attempt) ->
            output(settings, witnesses, hook, script, file, id, attempt),
        () -> runner.warmUp(work),
        surroundings.clock(),
        surroundings.nanoseconds(),
        witnesses);
  }

  private static HookDirectories directories(DaemonSettings settings, SafetyCheck check) {
    HookDirectories directories =
        new HookDirectories(settings.hookDirectories(), settings.scriptNames(), check);
    directories
        .unknownDirectories()
        .forEach(name -> LOG.warn("{} is no hook: what lies in it is never run", name));
    for (Hook hook : Hook.values()) {
      directories
          .list(hook)
          .scripts()
          .forEach(
              script ->
                  LOG.info("hook {}: {}, {}", hook.word(), script.path(), script.verdict().text()));
    }
    return directories;
  }

  // drain-scripts.md 2.2: all BOSH jobs, unless the operator names others
  private static ContextSettings withJobs(ContextSettings context, BoshTree tree) {
    return context.jobs().isEmpty() ? context.withJobs(tree.jobs()) : context;
  }

  private static ScriptOutput output(
      DaemonSettings settings,
      List<Witness> witnesses,
      Hook hook,
      String script,
      String file,
      String id,
      int attempt) {
    List<LineSink> sinks = new ArrayList<>();
    sinks.add(new LogLines(hook, script, id, attempt));
    sinks.add(
        (source, line) -> witnesses.forEach(witness -> witness.scriptSaid(hook, script, line)));
    settings.logDirectory().ifPresent(directory -> sinks.add(new FileLines(directory, hook, file)));
    return new LineOutput(sinks);
  }
}
