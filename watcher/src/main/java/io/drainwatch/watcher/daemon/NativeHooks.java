package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.ContextMapping;
import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.DrainContextJson;
import io.drainwatch.drainer.context.DrainVariables;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.context.WebdevopsVariables;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.scripts.ContextFile;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.RunningScript;
import io.drainwatch.drainer.scripts.ScriptCalls;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.scripts.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, calls and ends the native scripts of the hooks, as the core says. Called from the folding
 * thread only, but for the ends of scripts, which come from elsewhere and are only reported.
 */
final class NativeHooks implements Deeds {
  private static final Logger LOG = LoggerFactory.getLogger(NativeHooks.class);

  /** How scripts are called, beside what the core says. */
  record Settings(
      ContextSettings context, Set<Hook> parallel, boolean webdevops, Path workDirectory) {}

  /** Where the output of one call goes. */
  interface Outputs {
    ScriptOutput of(Hook hook, String script, String episode, int attempt);
  }

  private record Call(Hook hook, String script) {}

  /** In the map before the script is started, so that an end in between is not lost. */
  private record Running(
      CompletableFuture<RunningScript> script,
      CompletableFuture<ScriptOutcome> gone,
      Action.RunScript asked,
      Instant begun) {
    Running(Action.RunScript asked, Instant begun) {
      this(new CompletableFuture<>(), new CompletableFuture<>(), asked, begun);
    }

    void end(Duration grace) {
      script.thenAccept(started -> started.end(grace));
    }
  }

  private final HookDirectories directories;
  private final ScriptRunner runner;
  private final ScriptCalls calls;
  private final ContextFile contextFile;
  private final Settings settings;
  private final Outputs outputs;
  private final Supplier<VmFacts> facts;
  private final InstantSource clock;
  private final List<Witness> witnesses;
  private final Map<Hook, Map<String, Path>> found = new HashMap<>();
  private final Map<Call, Running> running = new ConcurrentHashMap<>();

  NativeHooks(
      HookDirectories directories,
      ScriptRunner runner,
      ContextFile contextFile,
      Settings settings,
      Outputs outputs,
      Supplier<VmFacts> facts,
      InstantSource clock,
      List<Witness> witnesses) {
    this.directories = directories;
    this.runner = runner;
    this.calls = new ScriptCalls(settings.workDirectory());
    this.contextFile = contextFile;
    this.settings = settings;
    this.outputs = outputs;
    this.facts = facts;
    this.clock = clock;
    this.witnesses = List.copyOf(witnesses);
  }

  @Override
  public boolean carryOut(Action action, Watch watch, Consumer<Observation> report) {
    return switch (action) {
      case Action.ListHook(Hook hook) -> {
        report.accept(list(hook));
        yield true;
      }
      case Action.RunScript run -> {
        watch.episode().ifPresent(episode -> run(run, episode, watch, report));
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
        watch.episode().ifPresent(episode -> refresh(episode, watch));
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

  private Observation list(Hook hook) {
    HookListing listing = directories.list(hook);
    listing
        .warnings()
        .forEach(entry -> LOG.warn("{} is not run: {}", entry.path(), entry.verdict().text()));
    Map<String, Path> paths = new LinkedHashMap<>();
    listing.scripts().forEach(entry -> paths.put(entry.name(), entry.path()));
    found.put(hook, paths);
    List<PlannedScript> scripts = listing.scripts().stream().map(NativeHooks::planned).toList();
    List<List<PlannedScript>> rows =
        settings.parallel().contains(hook)
            ? List.of(scripts)
            : scripts.stream().map(List::of).toList();
    return new Observation.HookListed(hook, rows);
  }

  private static PlannedScript planned(HookEntry entry) {
    return new PlannedScript(
        entry.name(),
        Contract.NATIVE,
        entry.verdict() instanceof Verdict.Refused refused
            ? Optional.of(refused.text())
            : Optional.empty());
  }

  private void run(
      Action.RunScript run, Episode episode, Watch watch, Consumer<Observation> report) {
    Path path = pathOf(run.hook(), run.script());
    if (path == null) {
      report.accept(
          ended(run, new ScriptOutcome.NotStarted("the script is no longer in its directory")));
      return;
    }
    Instant begun = clock.instant();
    DrainContext context = contextOf(run, episode, watch, begun);
    byte[] json = DrainContextJson.write(context);
    Call call = new Call(run.hook(), run.script());
    Running entry = new Running(run, begun);
    running.put(call, entry);
    witnesses.forEach(
        each -> each.scriptStarted(episode.id(), run.hook(), run.script(), run.attempt()));
    RunningScript script =
        runner.start(
            calls.call(
                path,
                run.hook(),
                context.vm().disposition().word(),
                json,
                variables(run, context, json, begun),
                outputs.of(run.hook(), run.script(), episode.id(), run.attempt())),
            outcome -> {
              running.remove(call, entry);
              entry.gone().complete(outcome);
              Duration lasted = Duration.between(begun, clock.instant());
              Witness.ScriptCalled called =
                  new Witness.ScriptCalled(
                      episode.id(), run.hook(), run.script(), run.attempt(), outcome, lasted);
              witnesses.forEach(each -> each.scriptEnded(called));
              report.accept(ended(run, outcome));
            });
    entry.script().complete(script);
  }

  private static Observation ended(Action.RunScript run, ScriptOutcome outcome) {
    return new Observation.ScriptEnded(run.hook(), run.script(), run.attempt(), outcome);
  }

  private @Nullable Path pathOf(Hook hook, String script) {
    if (!found.containsKey(hook)) {
      list(hook); // resumed from the record: the hook was listed before the restart
    }
    return found.getOrDefault(hook, Map.of()).get(script);
  }

  private DrainContext contextOf(
      Action.RunScript run, Episode episode, Watch watch, Instant startedAt) {
    ContextQuestion question =
        EpisodeQuestion.about(
            episode,
            run,
            watch.newest().map(Document::incarnation),
            startedAt,
            clock.instant(),
            facts.get().name());
    return ContextMapping.map(question, facts.get(), settings.context());
  }

  private Map<String, String> variables(
      Action.RunScript run, DrainContext context, byte[] json, Instant now) {
    Optional<String> file =
        switch (contextFile.write(run.hook(), run.script(), json)) {
          case ContextFile.Written.To(Path at) -> Optional.of(at.toString());
          case ContextFile.Written.Not(String why) -> {
            LOG.warn(
                "{}/{} runs without DRAIN_CONTEXT_FILE: {}", run.hook().word(), run.script(), why);
            yield Optional.empty();
          }
        };
    Map<String, String> variables =
        new HashMap<>(
            DrainVariables.of(context, file, now, settings.context().maximumInlineBytes()));
    if (settings.webdevops()) {
      variables.putAll(WebdevopsVariables.of(context, settings.context().maximumInlineBytes()));
    }
    return variables;
  }

  /** Another event leads: the files of running scripts say so, by rename. */
  private void refresh(Episode episode, Watch watch) {
    running.forEach(
        (call, script) -> {
          byte[] json =
              DrainContextJson.write(contextOf(script.asked(), episode, watch, script.begun()));
          if (contextFile.write(call.hook(), call.script(), json)
              instanceof ContextFile.Written.Not(String why)) {
            LOG.warn(
                "the context of {}/{} is not refreshed: {}",
                call.hook().word(),
                call.script(),
                why);
          }
        });
  }

  /** Pays for the first start of a process before a short notice has to. */
  void warmUp() {
    runner.warmUp(settings.workDirectory());
  }

  /** The daemon stops: scripts are ended, their results are not waited for. */
  void endAll(Duration grace) {
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
