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
 * @param context the {@code DRAIN_*} variables; left out when {@code bosh.drain-variables} is off
 * @param deadline ends every call
 * @param inEarnest the deadline if every wait lasted as long as it is asked for: a {@link Pause}
 *     may make it shorter, and a drain that asks for too much must fail here too
 * @param grace between SIGTERM and SIGKILL, 10 s in BOSH
 * @param listener called by several threads at once
 * @param output takes what the script of that job prints, for a log
 */
public record RunSurroundings(
    BoshSettings settings,
    ScriptRunner runner,
    BoshCalls calls,
    CallVariables context,
    InstantSource clock,
    Instant deadline,
    Instant inEarnest,
    Duration grace,
    Pause pause,
    Consumer<ScriptReport> listener,
    Function<String, ScriptOutput> output) {

  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  public RunSurroundings {
    context = settings.drainVariables() ? context : CallVariables.same(Map.of());
    if (grace.isNegative()) {
      throw new IllegalArgumentException("a grace cannot be negative: " + grace);
    }
  }

  /** With one deadline, and the same variables for every call. */
  public RunSurroundings(
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
    this(
        settings,
        runner,
        calls,
        CallVariables.same(context),
        clock,
        deadline,
        deadline,
        grace,
        pause,
        listener,
        output);
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

  /** Likewise in earnest. */
  Duration leftInEarnest() {
    return Duration.between(clock.instant(), inEarnest);
  }
}
