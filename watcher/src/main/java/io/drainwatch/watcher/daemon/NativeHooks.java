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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    /**
     * @param script as the core calls it; for a peer its name is part of it
     * @param file the script's name alone, which is no text of the platform
     * @param id of the episode, or of the peer's
     */
    ScriptOutput of(Hook hook, String script, String file, String id, int attempt);
  }

  /** A script, and the peer it is called for if it is not for this VM. */
  private record Target(Path path, Optional<String> peer) {
    String file() {
      return String.valueOf(path.getFileName());
    }
  }

  private record Call(Hook hook, String script) {}

  /** In the map before the script is started, so that an end in between is not lost. */
  private record Running(
      CompletableFuture<RunningScript> script,
      CompletableFuture<ScriptOutcome> gone,
      Action.RunScript asked,
      Target target,
      Instant begun) {
    Running(Action.RunScript asked, Target target, Instant begun) {
      this(new CompletableFuture<>(), new CompletableFuture<>(), asked, target, begun);
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
  private final Map<Hook, Map<String, Target>> found = new HashMap<>();
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
    HookListing listing = directories.list(hook);
    listing
        .warnings()
        .forEach(entry -> LOG.warn("{} is not run: {}", entry.path(), entry.verdict().text()));
    Map<String, Target> targets = new LinkedHashMap<>();
    List<List<PlannedScript>> rows = new ArrayList<>();
    for (Optional<String> peer : peers(hook, watch)) {
      List<PlannedScript> scripts = new ArrayList<>();
      for (HookEntry entry : listing.scripts()) {
        PlannedScript script = planned(entry, peer);
        scripts.add(script);
        targets.putIfAbsent(script.name(), new Target(entry.path(), peer));
      }
      if (settings.parallel().contains(hook)) {
        rows.add(scripts);
      } else {
        scripts.forEach(script -> rows.add(List.of(script)));
      }
    }
    found.put(hook, targets);
    return new Observation.HookListed(hook, rows);
  }

  /** Whom the scripts of a hook are called for, one after another; empty: for this VM. */
  private static List<Optional<String>> peers(Hook hook, Watch watch) {
    return hook.isOfPeers()
        ? watch.peers().removal().stream()
            .flatMap(removal -> removal.of().vms().stream())
            .map(Optional::of)
            .toList()
        : List.of(Optional.empty());
  }

  private static PlannedScript planned(HookEntry entry, Optional<String> peer) {
    return new PlannedScript(
        peer.map(vm -> vm + ": " + entry.name()).orElse(entry.name()),
        Contract.NATIVE,
        entry.verdict() instanceof Verdict.Refused refused
            ? Optional.of(refused.text())
            : Optional.empty());
  }

  private void run(Action.RunScript run, Watch watch, Consumer<Observation> report) {
    Target target = targetOf(run.hook(), run.script(), watch);
    if (target == null) {
      report.accept(
          ended(run, new ScriptOutcome.NotStarted("the script is no longer in its directory")));
      return;
    }
    Instant begun = clock.instant();
    question(run, target, watch, begun)
        .ifPresent(question -> run(run, target, question, begun, report));
  }

  private void run(
      Action.RunScript run,
      Target target,
      ContextQuestion question,
      Instant begun,
      Consumer<Observation> report) {
    DrainContext context = contextOf(question, target.peer());
    byte[] json = DrainContextJson.write(context);
    Call call = new Call(run.hook(), run.script());
    Running entry = new Running(run, target, begun);
    running.put(call, entry);
    witnesses.forEach(
        each -> each.scriptStarted(question.id(), run.hook(), run.script(), run.attempt()));
    RunningScript script =
        runner.start(
            calls.call(
                target.path(),
                run.hook(),
                context.vm().disposition().word(),
                json,
                variables(run, target, context, json, begun),
                outputs.of(run.hook(), run.script(), target.file(), question.id(), run.attempt())),
            outcome -> {
              running.remove(call, entry);
              entry.gone().complete(outcome);
              Duration lasted = Duration.between(begun, clock.instant());
              Witness.ScriptCalled called =
                  new Witness.ScriptCalled(
                      question.id(), run.hook(), run.script(), run.attempt(), outcome, lasted);
              witnesses.forEach(each -> each.scriptEnded(called));
              report.accept(ended(run, outcome));
            });
    entry.script().complete(script);
  }

  private static Observation ended(Action.RunScript run, ScriptOutcome outcome) {
    return new Observation.ScriptEnded(run.hook(), run.script(), run.attempt(), outcome);
  }

  private @Nullable Target targetOf(Hook hook, String script, Watch watch) {
    if (!found.containsKey(hook)) {
      list(hook, watch); // resumed from the record: the hook was listed before the restart
    }
    return found.getOrDefault(hook, Map.of()).get(script);
  }

  private Optional<ContextQuestion> question(
      Action.RunScript run, Target target, Watch watch, Instant startedAt) {
    Optional<OptionalLong> incarnation = watch.newest().map(Document::incarnation);
    String self = facts.get().name();
    return target
        .peer()
        .map(
            peer ->
                watch
                    .peers()
                    .removal()
                    .map(
                        removal ->
                            PeerQuestion.about(
                                removal.of(),
                                peer,
                                run,
                                incarnation,
                                startedAt,
                                clock.instant(),
                                self)))
        .orElseGet(
            () ->
                watch
                    .episode()
                    .map(
                        episode ->
                            EpisodeQuestion.about(
                                episode, run, incarnation, startedAt, clock.instant(), self)));
  }

  private DrainContext contextOf(ContextQuestion question, Optional<String> peer) {
    // of a peer nothing is known but what the event says
    VmFacts of = peer.map(Poller::nothingButTheName).orElseGet(facts);
    return ContextMapping.map(question, of, settings.context());
  }

  private Map<String, String> variables(
      Action.RunScript run, Target target, DrainContext context, byte[] json, Instant now) {
    Optional<String> file =
        switch (contextFile.write(run.hook(), target.file(), json)) {
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

  /** Another event leads: the files of the episode's running scripts say so, by rename. */
  private void refresh(Watch watch) {
    running.forEach(
        (call, script) -> {
          if (!call.hook().isOfPeers()) {
            refresh(call, script, watch);
          }
        });
  }

  private void refresh(Call call, Running script, Watch watch) {
    Target target = script.target();
    question(script.asked(), target, watch, script.begun())
        .map(question -> DrainContextJson.write(contextOf(question, target.peer())))
        .ifPresent(
            json -> {
              if (contextFile.write(call.hook(), target.file(), json)
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
