package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.scripts.RunningScript;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, calls and ends the scripts of the hooks, as the core says: native ones, then those of BOSH
 * jobs, then SlipStream's. Called from the folding thread only, but for the ends of scripts, which
 * come from elsewhere and are only reported.
 */
final class ScriptHooks implements Deeds {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptHooks.class);

  /** Where the output of one call goes. */
  interface Outputs {
    /**
     * @param script as the core calls it; for a peer its name is part of it
     * @param file the script's name alone, which is no text of the platform
     * @param id of the episode, or of the peer's
     */
    ScriptOutput of(Hook hook, String script, String file, String id, int attempt);
  }

  private record Call(Hook hook, String script) {}

  /** In the map before the script is started, so that an end in between is not lost. */
  private record Running(
      CompletableFuture<RunningScript> script,
      CompletableFuture<ScriptOutcome> gone,
      Action.RunScript asked,
      FoundScript found,
      Instant begun) {
    Running(Action.RunScript asked, FoundScript found, Instant begun) {
      this(new CompletableFuture<>(), new CompletableFuture<>(), asked, found, begun);
    }

    void end(Duration grace) {
      script.thenAccept(started -> started.end(grace));
    }
  }

  private final List<ContractScripts> contracts;
  private final Occasions occasions;
  private final Outputs outputs;
  private final Runnable firstStart;
  private final InstantSource clock;
  private final LongSupplier nanoseconds;
  private final List<Witness> witnesses;
  private final Map<Hook, Map<String, FoundScript>> found = new HashMap<>();
  private final Map<Call, Running> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param contracts in the order in which their scripts run
   * @param firstStart starts something that does nothing
   */
  ScriptHooks(
      List<ContractScripts> contracts,
      Occasions occasions,
      Outputs outputs,
      Runnable firstStart,
      InstantSource clock,
      LongSupplier nanoseconds,
      List<Witness> witnesses) {
    this.contracts = List.copyOf(contracts);
    this.occasions = occasions;
    this.outputs = outputs;
    this.firstStart = firstStart;
    this.clock = clock;
    this.nanoseconds = nanoseconds;
    this.witnesses = List.copyOf(witnesses);
  }

  @Override
  public boolean carryOut(Action action, Watch watch, Consumer<Observation> report) {
    return switch (action) {
      case Action.ListHook(Hook hook) -> {
        report.accept(list(hook, watch));
        yield true;
      }
      case Action.RunScript run -> {
        run(run, watch, report);
        yield true;
      }
      case Action.EndScript end -> {
        Running call = running.get(new Call(end.hook(), end.script()));
        if (call != null) {
          LOG.info(
              "ending {}/{}: {}, {} s until SIGKILL",
              end.hook().word(),
              end.script(),
              end.why(),
              end.grace().toSeconds());
          call.end(end.grace());
        }
        yield true;
      }
      case Action.RefreshContext() -> {
        refresh(watch);
        yield true;
      }
      case Action.WouldRun(Hook hook, String script) -> {
        LOG.info("dry-run: would run {}/{}", hook.word(), script);
        yield true;
      }
      case Action.Enter ignored -> false;
      case Action.Cordon ignored -> false;
      case Action.StartEvictions ignored -> false;
      case Action.StopEvictions ignored -> false;
      case Action.Uncordon ignored -> false;
      case Action.Acknowledge ignored -> false;
      case Action.Notify ignored -> false;
      case Action.SetAside ignored -> false;
      case Action.Summarize ignored -> false;
    };
  }

  private Observation list(Hook hook, Watch watch) {
    Map<String, FoundScript> byName = new LinkedHashMap<>();
    List<List<PlannedScript>> rows = new ArrayList<>();
    for (ContractScripts contract : contracts) {
      for (List<FoundScript> row : rows(contract, hook, watch)) {
        rows.add(row.stream().map(FoundScript::planned).toList());
        row.forEach(script -> byName.putIfAbsent(script.planned().name(), script));
      }
    }
    found.put(hook, byName);
    return new Observation.HookListed(hook, rows);
  }

  /**
   * Hooks of this VM's own maintenance that have scripts now. Any thread may ask: nothing is
   * remembered of it.
   */
  Set<Hook> withScripts(Watch watch) {
    Set<Hook> hooksWithScripts = EnumSet.noneOf(Hook.class);
    for (Hook hook : Hook.values()) {
      boolean has =
          !hook.isOfPeers()
              && contracts.stream()
                  .flatMap(contract -> rows(contract, hook, watch).stream())
                  .anyMatch(row -> !row.isEmpty());
      if (has) {
        hooksWithScripts.add(hook);
      }
    }
    return hooksWithScripts;
  }

  // A bug here must not leave the core waiting for an answer: the hook then has a script that
  // failed.
  private static List<List<FoundScript>> rows(ContractScripts contract, Hook hook, Watch watch) {
    try {
      return contract.rows(hook, watch);
    } catch (RuntimeException e) {
      LOG.error("the scripts of hook {} cannot be listed", hook.word(), e);
      return List.of(List.of(new UnlistedScripts(contract, e.toString())));
    }
  }

  private void run(Action.RunScript run, Watch watch, Consumer<Observation> report) {
    if (closed) {
      return; // a last step that took long: after the next start it is begun again
    }
    try {
      tryToRun(run, watch, report);
    } catch (RuntimeException e) {
      LOG.error("{}/{} cannot be called", run.hook().word(), run.script(), e);
      running.remove(new Call(run.hook(), run.script()));
      report.accept(ended(run, new ScriptOutcome.NotStarted(e.toString())));
    }
  }

  private void tryToRun(Action.RunScript run, Watch watch, Consumer<Observation> report) {
    FoundScript script = found(run.hook(), run.script(), watch);
    if (script == null) {
      report.accept(
          ended(run, new ScriptOutcome.NotStarted("the script is no longer in its directory")));
      return;
    }
    Instant begun = clock.instant();
    occasions
        .of(run, script, watch, begun)
        .ifPresent(occasion -> run(run, script, occasion, begun, report));
  }

  private void run(
      Action.RunScript run,
      FoundScript script,
      CallOccasion occasion,
      Instant begun,
      Consumer<Observation> report) {
    String id = occasion.id();
    Call call = new Call(run.hook(), run.script());
    Running entry = new Running(run, script, begun);
    running.put(call, entry);
    tell(each -> each.scriptStarted(id, run.hook(), run.script(), run.attempt()));
    long begunNanoseconds = nanoseconds.getAsLong(); // the wall clock may be stepped meanwhile
    Consumer<ScriptOutcome> whenEnded =
        outcome -> {
          running.remove(call, entry);
          entry.gone().complete(outcome);
          Duration lasted = Duration.ofNanos(nanoseconds.getAsLong() - begunNanoseconds);
          Witness.ScriptCalled called =
              new Witness.ScriptCalled(
                  id, run.hook(), run.script(), run.attempt(), outcome, lasted);
          tell(each -> each.scriptEnded(called));
          report.accept(ended(run, outcome));
        };
    ScriptOutput log = outputs.of(run.hook(), run.script(), script.file(), id, run.attempt());
    switch (script.prepare(occasion, log)) {
      case PreparedCall.Ready ready ->
          entry
              .script()
              .complete(
                  ready
                      .runner()
                      .start(ready.call(), outcome -> whenEnded.accept(judged(ready, outcome))));
      case PreparedCall.Impossible(var outcome) -> whenEnded.accept(outcome);
    }
  }

  // Nor must a bug in a contract's judgement: what cannot be judged has failed.
  private static ScriptOutcome judged(PreparedCall.Ready ready, ProcessOutcome outcome) {
    try {
      return ready.judge().apply(outcome);
    } catch (RuntimeException e) {
      LOG.error("the answer of {} cannot be judged", ready.call().script(), e);
      return new ScriptOutcome.Unacceptable("its answer cannot be judged: " + e);
    }
  }

  private void tell(Consumer<Witness> what) {
    for (Witness witness : witnesses) {
      try {
        what.accept(witness);
      } catch (RuntimeException e) {
        LOG.error("a witness failed, the hook goes on", e);
      }
    }
  }

  private static Observation ended(Action.RunScript run, ScriptOutcome outcome) {
    return new Observation.ScriptEnded(run.hook(), run.script(), run.attempt(), outcome);
  }

  private @Nullable FoundScript found(Hook hook, String script, Watch watch) {
    if (!found.containsKey(hook)) {
      list(hook, watch); // resumed from the record: the hook was listed before the restart
    }
    FoundScript listed = found.getOrDefault(hook, Map.of()).get(script);
    return listed != null
        ? listed
        : contracts.stream()
            .flatMap(contract -> contract.named(script, watch).stream())
            .findFirst()
            .orElse(null);
  }

  /** Another event leads: the files of the episode's running scripts say so, by rename. */
  private void refresh(Watch watch) {
    running.forEach(
        (call, script) -> {
          if (!call.hook().isOfPeers()) {
            occasions.refresh(script.asked(), script.found(), watch, script.begun());
          }
        });
  }

  /** Pays for the first start of a process before a short notice has to. */
  void warmUp() {
    firstStart.run();
  }

  /** The daemon stops: scripts are ended, their results are not waited for. */
  void endAll(Duration grace) {
    closed = true;
    running.values().forEach(call -> call.end(grace));
  }

  /** Waits until every script is gone, but no longer than that. */
  void awaitEnds(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    for (Running call : List.copyOf(running.values())) {
      long left = end - System.nanoTime();
      try {
        call.gone().get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("{}/{} is still running", call.asked().hook().word(), call.asked().script());
      }
    }
  }
}
