package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.scripts.LineOutput;
import io.drainwatch.drainer.scripts.LineSink;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.scripts.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A SlipStream directory below a temporary one, whose scripts are really found and run. */
final class ScalingBench {
  /** A file whose name ends in a tilde is none; the rest of the rule has tests of its own. */
  static final Function<String, Optional<Verdict.Skipped>> NO_BACKUPS =
      name ->
          name.endsWith("~")
              ? Optional.of(new Verdict.Skipped("a backup", true))
              : Optional.empty();

  private static final long PATIENCE_SECONDS = 20;

  final ScriptFixtures scripts;
  SlipStreamSettings settings = SlipStreamSettings.defaults();

  ScalingBench(Path temporary) {
    scripts = ScriptFixtures.in(temporary);
  }

  /** What became of one script. */
  record Ran(ProcessOutcome outcome, List<String> stdout, List<String> stderr) {}

  Path home() {
    return scripts.root().resolve("slipstream");
  }

  Path bin() {
    return scripts.root().resolve("bin");
  }

  Path work() {
    return scripts.root().resolve("work").resolve("slipstream");
  }

  /** The hook is one file with this body. */
  Path hook(SlipStreamHook hook, String body) {
    return scripts.script(home(), hook.word(), body);
  }

  Path subTarget(SlipStreamHook hook, String name, String body) {
    return scripts.script(home().resolve(hook.word()), name, body);
  }

  SlipStreamDirectory directory() {
    return new SlipStreamDirectory(home(), NO_BACKUPS, scripts.safetyCheck());
  }

  /** Runs all scripts of the occasion's hook, one after another, whatever becomes of each. */
  List<Ran> run(ScalingOccasion occasion, Map<String, String> context) {
    SlipStreamDirectory directory = directory();
    return directory.list(occasion.hook()).planned(occasion).stream()
        .map(planned -> ScalingScript.of(planned.name()).orElseThrow())
        .map(script -> run(directory.pathOf(script), occasion, context))
        .toList();
  }

  Ran run(ScalingOccasion occasion) {
    List<Ran> all = run(occasion, Map.of());
    if (all.size() != 1) {
      throw new AssertionError("not one script: " + all);
    }
    return all.getFirst();
  }

  private Ran run(Path script, ScalingOccasion occasion, Map<String, String> context) {
    List<String> stdout = new ArrayList<>();
    List<String> stderr = new ArrayList<>();
    LineSink sink =
        (source, text) -> {
          List<String> lines = source == ScriptOutput.Source.STDOUT ? stdout : stderr;
          synchronized (lines) {
            lines.add(text);
          }
        };
    CompletableFuture<ProcessOutcome> outcome = new CompletableFuture<>();
    switch (new ScalingCalls(settings, work())
        .prepare(script, occasion, context, new LineOutput(List.of(sink)))) {
      case ScalingCalls.Prepared.Ready(var call) ->
          new ScriptRunner(scripts.safetyCheck(), environment()).start(call, outcome::complete);
      case ScalingCalls.Prepared.Impossible(var notStarted) -> outcome.complete(notStarted);
    }
    ProcessOutcome ended = outcome.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    synchronized (stdout) {
      synchronized (stderr) {
        return new Ran(ended, List.copyOf(stdout), List.copyOf(stderr));
      }
    }
  }

  private ScriptEnvironment environment() {
    return new ScriptEnvironment(
        Map.of("PATH", bin() + ":/usr/bin:/bin", "SLIPSTREAM_SCALING_ACTION", "inherited"),
        ScriptEnvironment.DEFAULT_DROP,
        "/home/of/daemon");
  }

  static String resource(String name) {
    try (InputStream in = ScalingBench.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With an action of the VM west_0, for Pre-Scale and Post-Scale. */
  static ScalingOccasion west(SlipStreamHook hook, ScalingAction action) {
    return new ScalingOccasion(
        hook, new ScalingGroup("west", List.of("0", "1")), Optional.of(action), "west.0");
  }

  /** Of peers of this node, seen by db_7. */
  static ScalingOccasion peers(SlipStreamHook hook, String node, String... ids) {
    return new ScalingOccasion(
        hook, new ScalingGroup(node, List.of(ids)), Optional.empty(), "db.7");
  }
}
