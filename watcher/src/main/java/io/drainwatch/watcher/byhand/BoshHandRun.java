package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.bosh.BoshCalls;
import io.drainwatch.drainer.bosh.BoshRun;
import io.drainwatch.drainer.bosh.BoshScript;
import io.drainwatch.drainer.bosh.BoshSequence;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.bosh.DrainParameters;
import io.drainwatch.drainer.bosh.NextStates;
import io.drainwatch.drainer.bosh.RunSurroundings;
import io.drainwatch.drainer.context.BoshJobStates;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Shell: runs the scripts of BOSH jobs that belong to one hook (drain-scripts.md part 3): those of
 * all jobs at once, then the commands that follow them. Blocks.
 */
public final class BoshHandRun {
  private final Workbench bench;
  private final BoshSettings settings;
  private final BoshTree tree;
  private final BoshCalls calls;
  private final Optional<Duration> longestWait;

  /**
   * @param bench its runner has the checks of the tree
   * @param logs {@code sys/log} lies below it
   * @param longestWait no wait takes longer, whatever a drain asks for; empty: as asked
   */
  public BoshHandRun(
      Workbench bench,
      BoshSettings settings,
      BoshTree tree,
      Path logs,
      Optional<Duration> longestWait) {
    this.bench = bench;
    this.settings = settings;
    this.tree = tree;
    this.calls = new BoshCalls(logs, bench.settings().work());
    this.longestWait = longestWait;
  }

  /** What would run with the hook, as the daemon's record calls it. */
  public List<String> planned(Hook hook) {
    return BoshSequence.of(hook).stream()
        .flatMap(
            step ->
                switch (step) {
                  case BoshSequence.Step.Scripts(BoshScript script) ->
                      tree.list(script).scripts().stream()
                          .map(entry -> BoshReports.nameOf(hook, entry.job()));
                  case BoshSequence.Step.StopCommands() -> names(hook, settings.stop());
                  case BoshSequence.Step.StartCommands() -> names(hook, settings.start());
                })
        .toList();
  }

  private Stream<String> names(Hook hook, List<List<String>> commands) {
    return settings.enabled()
        ? commands.stream().map(words -> BoshReports.nameOf(hook, words.getFirst()))
        : Stream.empty();
  }

  /** A sentence for what failed; empty when all went well, or nothing was to be done. */
  public Optional<String> run(Hook hook, Occasion occasion, VmFacts facts)
      throws InterruptedException {
    Instant begun = bench.clock().instant();
    Instant inEarnest =
        TimeLimit.endBy(hook, begun, bench.settings().timeout(), occasion.deadline());
    Instant endBy =
        bench.settings().atMost().map(begun::plus).filter(inEarnest::isAfter).orElse(inEarnest);
    UnaryOperator<Duration> waits =
        asked -> longestWait.filter(longest -> longest.compareTo(asked) < 0).orElse(asked);
    BoshReports reports =
        new BoshReports(
            hook,
            settings.base(),
            calls,
            bench.clock(),
            bench.listener(),
            waits,
            script -> occasion.callsSoFar(hook, script));
    Effects effects = occasion.effects(facts, bench.settings().context());
    RunSurroundings surroundings =
        new RunSurroundings(
            settings,
            bench.runner(),
            calls,
            (of, job, call) -> variables(of, job, call, occasion, facts, inEarnest),
            bench.clock(),
            endBy,
            inEarnest,
            TimeLimit.grace(occasion.notBefore(), begun),
            (asked, stop) -> {
              boolean unused = stop.await(waits.apply(asked).toNanos(), TimeUnit.NANOSECONDS);
            },
            reports,
            reports::output);
    return run(
        new BoshRun(tree, surroundings),
        hook,
        DrainParameters.ofEvent(effects.bosh(), BoshJobStates.of(effects, facts)),
        NextStates.of(effects.bosh()));
  }

  private static Optional<String> run(
      BoshRun run, Hook hook, DrainParameters parameters, NextStates next)
      throws InterruptedException {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    try (EndedWithUs unused = new EndedWithUs(run::end, over)) {
      return run.inHook(hook, parameters, next).stream()
          .flatMap(result -> result.failure().stream())
          .findFirst();
    } finally {
      over.complete(true);
    }
  }

  private Map<String, String> variables(
      Hook hook, String job, int call, Occasion occasion, VmFacts facts, Instant endBy) {
    String name = BoshReports.nameOf(hook, job);
    Action.RunScript asked =
        new Action.RunScript(
            hook, name, occasion.callsSoFar(hook, name) + call, call > 1, endBy, false);
    return Told.about(
            occasion,
            facts,
            asked,
            BoshReports.fileOf(hook, job),
            bench.clock().instant(),
            bench.settings())
        .variables();
  }
}
