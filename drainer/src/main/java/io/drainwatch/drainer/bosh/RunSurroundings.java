package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a run by hand needs beside the scripts.
 *
 * @param runner with the checks of {@link BoshTree#checkOf}
 * @param context the {@code DRAIN_*} variables, the same for every call of the run; left out when
 *     {@code bosh.drain-variables} is off
 * @param deadline ends every call and every wait
 * @param grace between SIGTERM and SIGKILL, 10 s in BOSH
 * @param listener called by several threads at once
 * @param output takes what the script of that job prints, for a log
 */
public record RunSurroundings(
    BoshSettings settings,
    ScriptRunner runner,
    BoshCalls calls,
    Map<String, String> context,
    InstantSource clock,
    Instant deadline,
    Duration grace,
    Pause pause,
    Consumer<ScriptReport> listener,
    Function<String, ScriptOutput> output) {

  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  public RunSurroundings {
    context = settings.drainVariables() ? Map.copyOf(context) : Map.of();
    if (grace.isNegative()) {
      throw new IllegalArgumentException("a grace cannot be negative: " + grace);
    }
  }

  /** As usual: the checks that the settings ask for, BOSH's grace, real waits. */
  public static RunSurroundings of(
      BoshSettings settings,
      ScriptEnvironment environment,
      Path workDirectory,
      Map<String, String> context,
      InstantSource clock,
      Instant deadline,
      Consumer<ScriptReport> listener,
      Function<String, ScriptOutput> output) {
    return new RunSurroundings(
        settings,
        new ScriptRunner(BoshTree.checkOf(settings), environment),
        new BoshCalls(settings.base(), workDirectory),
        context,
        clock,
        deadline,
        DEFAULT_GRACE,
        Pause.real(),
        listener,
        output);
  }

  /** Until the deadline; zero or less when it is past. */
  Duration left() {
    return Duration.between(clock.instant(), deadline);
  }
}
