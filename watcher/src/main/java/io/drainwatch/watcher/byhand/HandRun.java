package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextMapping;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.DrainContextJson;
import io.drainwatch.drainer.context.DrainVariables;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.context.WebdevopsVariables;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ContextFile;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.LineOutput;
import io.drainwatch.drainer.scripts.RunningScript;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptCalls;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.watcher.operator.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Shell: runs the scripts of one hook in their order, each until it is done, has failed or its time
 * is up, and goes on after a failure as the daemon does. Blocks.
 */
public final class HandRun {

  /**
   * How scripts are called here.
   *
   * @param work their current directory
   * @param state below it the context file is written
   * @param recall how long after exit code 75 a script is called again
   * @param timeout of the hook, where the operator set one
   */
  public record Settings(
      Path work,
      Path state,
      ContextSettings context,
      boolean webdevops,
      Duration recall,
      Optional<Duration> timeout) {}

  private final ScriptRunner runner;
  private final Settings settings;
  private final VmFacts facts;
  private final InstantSource clock;
  private final Pause pause;
  private final Listener listener;

  public HandRun(
      ScriptRunner runner,
      Settings settings,
      VmFacts facts,
      InstantSource clock,
      Pause pause,
      Listener listener) {
    this.runner = runner;
    this.settings = settings;
    this.facts = facts;
    this.clock = clock;
    this.pause = pause;
    this.listener = listener;
  }

  /** Which scripts failed and which did not. */
  public ScriptSummary run(HookListing listing, Occasion occasion) throws InterruptedException {
    List<String> failed = new ArrayList<>();
    List<String> successful = new ArrayList<>();
    for (HookEntry entry : listing.scripts()) {
      boolean succeeded =
          switch (entry.verdict()) {
            case Verdict.Refused refused -> {
              listener.refused(listing.hook(), entry);
              yield false;
            }
            case Verdict.Runs runs -> untilItIsOver(listing.hook(), entry, occasion);
            case Verdict.Skipped skipped -> true;
            case Verdict.Masked masked -> true;
          };
      (succeeded ? successful : failed).add(entry.name());
    }
    return new ScriptSummary(listing.hook().word(), failed, successful);
  }

  private boolean untilItIsOver(Hook hook, HookEntry entry, Occasion occasion)
      throws InterruptedException {
    Instant now = clock.instant();
    Instant endBy = TimeLimit.endBy(hook, now, settings.timeout(), occasion.deadline());
    int attempt = occasion.callsSoFar(hook, entry.name()) + 1;
    boolean checkStatus = false;
    while (true) {
      Action.RunScript asked =
          new Action.RunScript(hook, entry.name(), attempt, checkStatus, endBy, false);
      switch (call(asked, entry.path(), occasion, now)) {
        case Judged.Done done -> {
          return true;
        }
        case Judged.Failed ignored -> {
          return false;
        }
        case Judged.DoneAfter(Duration pausing) -> {
          pause.last(pausing);
          return true;
        }
        case Judged.NotFinished again -> pause.last(settings.recall());
        case Judged.AgainAfter(Duration pausing) -> pause.last(pausing);
      }
      attempt++;
      checkStatus = true;
      now = clock.instant();
    }
  }

  private Judged call(Action.RunScript asked, Path path, Occasion occasion, Instant begun)
      throws InterruptedException {
    DrainContext context =
        ContextMapping.map(occasion.question(asked, begun, begun), facts, settings.context());
    byte[] json = DrainContextJson.write(context);
    Map<String, String> variables = variables(asked, context, json, begun);
    List<Call.OutputLine> output = Collections.synchronizedList(new ArrayList<>());
    Call call =
        Call.of(
            asked.hook(),
            asked.script(),
            path,
            asked.attempt(),
            List.of(asked.hook().word(), context.vm().disposition().word()),
            variables);
    ScriptCall script =
        new ScriptCalls(settings.work())
            .call(
                path,
                asked.hook(),
                context.vm().disposition().word(),
                json,
                variables,
                new LineOutput(
                    List.of(
                        (source, text) -> {
                          Call.OutputLine line = new Call.OutputLine(source.word(), text);
                          output.add(line);
                          listener.printed(call, line);
                        })));
    listener.begins(call);
    ScriptOutcome outcome = outcome(script, Duration.between(begun, asked.endBy()), occasion);
    Judged judged = Judged.of(outcome);
    if (judged instanceof Judged.NotFinished
        && !clock.instant().plus(settings.recall()).isBefore(asked.endBy())) {
      judged = new Judged.Failed("not finished when its time was up");
    }
    listener.ended(
        new Call.Answer(
            call, outcome, judged, Duration.between(begun, clock.instant()), List.copyOf(output)));
    return judged;
  }

  private ScriptOutcome outcome(ScriptCall script, Duration left, Occasion occasion)
      throws InterruptedException {
    if (left.compareTo(Duration.ofSeconds(1)) < 0) {
      return new ScriptOutcome.NotStarted("no time left");
    }
    CompletableFuture<ScriptOutcome> ended = new CompletableFuture<>();
    RunningScript running = runner.start(script, ended::complete);
    try (EndedWithUs unused = new EndedWithUs(running, ended)) {
      try {
        return ended.get(left.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        running.end(TimeLimit.grace(occasion.notBefore(), clock.instant()));
        return ended.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome never fails", e);
    } catch (InterruptedException e) {
      running.end(Duration.ofSeconds(1));
      throw e;
    }
  }

  private Map<String, String> variables(
      Action.RunScript asked, DrainContext context, byte[] json, Instant now) {
    Optional<String> file =
        switch (new ContextFile(settings.state()).write(asked.hook(), asked.script(), json)) {
          case ContextFile.Written.To(Path at) -> Optional.of(at.toString());
          case ContextFile.Written.Not(String why) -> Optional.empty();
        };
    int longest = settings.context().maximumInlineBytes();
    Map<String, String> variables = new HashMap<>(DrainVariables.of(context, file, now, longest));
    if (settings.webdevops()) {
      variables.putAll(WebdevopsVariables.of(context, longest));
    }
    return variables;
  }
}
