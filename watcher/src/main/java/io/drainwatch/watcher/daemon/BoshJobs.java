package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.bosh.AnswerOutput;
import io.drainwatch.drainer.bosh.BoshCalls;
import io.drainwatch.drainer.bosh.BoshEntry;
import io.drainwatch.drainer.bosh.BoshListing;
import io.drainwatch.drainer.bosh.BoshScript;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.bosh.DrainAnswer;
import io.drainwatch.drainer.bosh.DrainParameters;
import io.drainwatch.drainer.bosh.NextStates;
import io.drainwatch.drainer.context.BoshJobStates;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts of BOSH jobs (drain-scripts.md part 3): those of a hook all at once; {@code
 * bosh.stop} follows the drains and {@code bosh.start} the pre-starts, so that what comes after
 * either waits for it. The waits that a drain asks for are the core's: they survive a restart in
 * its record.
 */
final class BoshJobs implements ContractScripts {
  private static final Logger LOG = LoggerFactory.getLogger(BoshJobs.class);
  private static final String PREFIX = "bosh/";

  private final BoshSettings settings;
  private final BoshTree tree;
  private final ScriptRunner runner;
  private final BoshCalls calls;

  /**
   * @param runner with the checks of the tree
   */
  BoshJobs(BoshSettings settings, BoshTree tree, ScriptRunner runner, BoshCalls calls) {
    this.settings = settings;
    this.tree = tree;
    this.runner = runner;
    this.calls = calls;
  }

  /** The job of a script of this name, for summaries; empty: it is none of a job. */
  static Optional<String> jobOf(String script) {
    return script.startsWith(PREFIX)
        ? Optional.of(script.substring(PREFIX.length()))
        : Optional.empty();
  }

  @Override
  public List<List<FoundScript>> rows(Hook hook, Watch watch) {
    List<List<FoundScript>> rows = new ArrayList<>();
    BoshScript.of(hook).map(this::scripts).filter(row -> !row.isEmpty()).ifPresent(rows::add);
    if (settings.enabled() && hook == Hook.DRAIN) {
      rows.addAll(commands("bosh.stop", settings.stop()));
    }
    if (settings.enabled() && hook == Hook.PRE_START) {
      rows.addAll(commands("bosh.start", settings.start()));
    }
    return rows;
  }

  private List<FoundScript> scripts(BoshScript kind) {
    BoshListing listing = tree.list(kind);
    listing
        .warnings()
        .forEach(
            entry ->
                LOG.warn(
                    "{} of job {} is not run: {}",
                    kind.word(),
                    entry.job(),
                    entry.verdict().text()));
    return listing.scripts().stream().<FoundScript>map(entry -> new Script(kind, entry)).toList();
  }

  private List<List<FoundScript>> commands(String key, List<List<String>> commands) {
    List<List<FoundScript>> rows = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      rows.add(List.of(new Command(key + "/" + (i + 1), commands.get(i))));
    }
    return rows;
  }

  private Map<String, String> variables(CallOccasion occasion) {
    return occasion.variables(settings.drainVariables());
  }

  private final class Script implements FoundScript {
    private final BoshScript kind;
    private final BoshEntry entry;

    Script(BoshScript kind, BoshEntry entry) {
      this.kind = kind;
      this.entry = entry;
    }

    @Override
    public PlannedScript planned() {
      return new PlannedScript(PREFIX + entry.job(), Contract.BOSH, entry.verdict().whyRefused());
    }

    @Override
    public String file() {
      return "bosh." + entry.job();
    }

    @Override
    public Optional<String> peer() {
      return Optional.empty();
    }

    @Override
    public PreparedCall prepare(CallOccasion occasion, ScriptOutput log) {
      if (kind == BoshScript.DRAIN) {
        return drain(occasion, log);
      }
      ScriptCall call =
          calls.other(
              kind,
              entry.job(),
              entry.path(),
              NextStates.of(occasion.effects().bosh()),
              variables(occasion),
              log);
      return new PreparedCall.Ready(runner, call, PreparedCall::byExitCode);
    }

    private PreparedCall drain(CallOccasion occasion, ScriptOutput log) {
      DrainParameters first =
          DrainParameters.ofEvent(
              occasion.effects().bosh(), BoshJobStates.of(occasion.effects(), occasion.vm()));
      DrainParameters parameters = occasion.run().checkStatus() ? first.recall() : first;
      Optional<String> problem = parameters.problem();
      if (problem.isPresent()) {
        return new PreparedCall.Impossible(new ScriptOutcome.NotStarted(problem.get()));
      }
      AnswerOutput output = new AnswerOutput(log);
      return new PreparedCall.Ready(
          runner,
          calls.drain(entry.path(), parameters, variables(occasion), output),
          outcome -> judged(outcome, output));
    }
  }

  private ScriptOutcome judged(ProcessOutcome outcome, AnswerOutput output) {
    return switch (outcome) {
      case ScriptOutcome.Exited exited ->
          switch (DrainAnswer.of(
              exited.code(), output.printed(), settings.exitCode(), settings.maxSleep())) {
            case DrainAnswer.Done(var pause) -> new ScriptOutcome.StaticDrain(pause);
            case DrainAnswer.Again(var pause) -> new ScriptOutcome.DynamicDrain(pause);
            case DrainAnswer.Failed(String why) -> new ScriptOutcome.Unacceptable(why);
          };
      // the core knows why it was ended
      case ScriptOutcome.Ended ended -> ended;
      case ScriptOutcome.NotStarted notStarted -> notStarted;
    };
  }

  private final class Command implements FoundScript {
    private final String name;
    private final List<String> words;

    Command(String name, List<String> words) {
      this.name = name;
      this.words = words;
    }

    @Override
    public PlannedScript planned() {
      return PlannedScript.runs(name, Contract.BOSH_COMMAND);
    }

    @Override
    public String file() {
      return name.replace('/', '.');
    }

    @Override
    public Optional<String> peer() {
      return Optional.empty();
    }

    @Override
    public PreparedCall prepare(CallOccasion occasion, ScriptOutput log) {
      return new PreparedCall.Ready(
          runner, calls.command(words, variables(occasion), log), PreparedCall::byExitCode);
    }
  }
}
