package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.watcher.byhand.Listener;
import io.drainwatch.watcher.byhand.MadeUpOccasion;
import io.drainwatch.watcher.byhand.Workbench;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code hooks test} tries scripts with, whatever their contract.
 *
 * @param scratch for state, work and logs
 * @param only this hook; empty: all
 * @param timeout no script takes longer here
 */
record ScriptTrial(
    Caller caller,
    DrainwatchSettings settings,
    Path scratch,
    MadeUpOccasion occasion,
    VmFacts facts,
    Optional<Hook> only,
    Duration timeout,
    Listener listener) {

  static final String VM = "test-vm_0";

  /** Where the scripts of peer hooks run. */
  static final String PEER = "test-vm_1";

  /** Nobody learns anything from a longer one here. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** The arguments lead to no script; the message says why. */
  static final class NothingToTry extends Exception {
    private static final long serialVersionUID = 1L;

    NothingToTry(String message) {
      super(message);
    }
  }

  /** In the order of a maintenance. */
  List<Hook> hooks() {
    return Arrays.stream(Hook.values())
        .filter(hook -> only.isEmpty() || only.get() == hook)
        .toList();
  }

  Workbench bench(Hook of, SafetyCheck check, ContextSettings context) {
    Duration recall = settings.hooks().recall();
    return new Workbench(
        new ScriptRunner(
            check,
            new ScriptEnvironment(
                caller.environment(),
                settings.hooks().envDrop(),
                System.getProperty("user.home", "/"))),
        new Workbench.Settings(
            scratch.resolve("work"),
            scratch,
            context,
            settings.compat().webdevops(),
            recall.compareTo(LONGEST_WAIT) < 0 ? recall : LONGEST_WAIT,
            settings.hooks().of(of).timeout(),
            Optional.of(timeout)),
        caller.clock(),
        caller.pause(),
        listener);
  }

  /** On stderr, so that the facts on stdout are the calls alone. */
  void say(String sentence) {
    caller.complain(Lines.plain(sentence));
  }

  /** An event that is only observed drains nothing, but who tries drain scripts wants them run. */
  void sayIfOnlyObserved() {
    if (!settings.policy().ruleFor(occasion.event()).action().takesOutOfService()) {
      say(
          "A "
              + occasion.event().type()
              + " is only observed by the configured policy; here it is drained for.");
    }
  }
}
