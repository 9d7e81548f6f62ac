package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.watcher.operator.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a run by hand works with, whatever the contract of the scripts.
 *
 * @param runner with the checks that count for the scripts
 */
public record Workbench(
    ScriptRunner runner, Settings settings, InstantSource clock, Pause pause, Listener listener) {

  /**
   * How scripts are called here.
   *
   * @param work their current directory
   * @param state below it the context file is written
   * @param recall how long after exit code 75 a script is called again
   * @param timeout of the hook, where the operator set one
   * @param atMost no script takes longer here, whatever it might take in earnest
   */
  public record Settings(
      Path work,
      Path state,
      ContextSettings context,
      boolean webdevops,
      Duration recall,
      Optional<Duration> timeout,
      Optional<Duration> atMost) {

    /** The time-out of native and SlipStream scripts: whichever is shorter. */
    Optional<Duration> limit() {
      return timeout
          .filter(time -> atMost.filter(most -> most.compareTo(time) < 0).isEmpty())
          .or(() -> atMost);
    }
  }

  /** The same with the checks of another contract. */
  public Workbench with(ScriptRunner other) {
    return new Workbench(other, settings, clock, pause, listener);
  }
}
