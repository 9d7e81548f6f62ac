package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.watcher.byhand.HandRun;
import io.drainwatch.watcher.byhand.MadeUpOccasion;
import io.drainwatch.watcher.byhand.Occasion;
import io.drainwatch.watcher.byhand.RecordedOccasion;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.DaemonRecord;
import io.drainwatch.watcher.rehearsal.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Runs the configured scripts of a hook now, one after another, as this user.",
      "They are told of the maintenance under way if there is one, else of a made-up event.",
      "Nothing is recorded or acknowledged: for the daemon it never happened."
    },
    footer = {
      "",
      "Example: drainwatch hooks run uncordon",
      "         drainwatch hooks run drain --event Preempt --yes",
      "",
      "Exit codes: 0 all done (or nothing to run), 1 a script failed or was refused, or you said"
          + " no, 2 wrong arguments, 3 faulty configuration."
    })
final class HooksRunCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "HOOK", converter = HookText.class, description = "Such as drain")
  private Hook hook = Hook.DRAIN;

  @Option(
      names = "--event",
      paramLabel = "TYPE",
      converter = EventTypeText.class,
      description =
          "A made-up event of this type, even during a maintenance. Default: the maintenance under"
              + " way, else Reboot")
  private @Nullable EventKind event;

  @Option(names = "--yes", description = "Does not ask; needed where nobody can be asked")
  private boolean yes;

  private final Caller caller;

  HooksRunCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.off();
    DrainwatchSettings settings = configuration.settings(caller);
    HookListing listing = HooksListCommand.directories(settings, caller).list(hook);
    if (listing.scripts().isEmpty()) {
      caller.complain("Hook " + hook.word() + " has no script that would run.");
      printNothing();
      return ExitCode.OK;
    }
    VmFacts facts = ThisVm.facts(settings, caller);
    Occasion occasion = occasion(settings, facts);
    if (!agreed(listing, occasion)) {
      caller.complain("Nothing was run.");
      return ExitCode.FAILED;
    }
    return run(settings, listing, occasion, facts);
  }

  private void printNothing() {
    if (output.isJson()) {
      caller.out().println("[]");
    }
  }

  private Occasion occasion(DrainwatchSettings settings, VmFacts facts) {
    if (event == null) {
      try {
        Optional<Occasion> recorded =
            DaemonRecord.episode(settings.stateDir()).map(RecordedOccasion::new);
        if (recorded.isPresent()) {
          return recorded.get();
        }
      } catch (IOException e) {
        // no daemon has run here, or it is not this user's business: then nothing is under way
        caller.complain(e.getMessage() + ". So the scripts are told of a made-up event.");
      }
    }
    return MadeUpOccasion.of(
        event == null ? EventKind.REBOOT : event,
        facts.name(),
        settings.policy(),
        caller.clock().instant());
  }

  private boolean agreed(HookListing listing, Occasion occasion) {
    String what =
        "hook "
            + hook.word()
            + " now ("
            + listing.scripts().stream().map(HookEntry::name).collect(Collectors.joining(", "))
            + "), told of "
            + occasion.describe();
    if (yes) {
      return true;
    }
    if (!caller.person().isThere()) {
      String message = "Nobody can be asked here: say --yes to run " + what + ".";
      throw spec == null
          ? new CommandStopped(ExitCode.USAGE, message)
          : new ParameterException(spec.commandLine(), message);
    }
    return caller.person().agrees(Lines.plain("Run " + what + "?"));
  }

  private int run(
      DrainwatchSettings settings, HookListing listing, Occasion occasion, VmFacts facts)
      throws IOException, InterruptedException {
    CallPrinter printer = new CallPrinter(caller.out(), output.isJson(), false);
    try (ScratchDirectory scratch = ScratchDirectory.create(caller.environment())) {
      Path work = settings.stateDir().resolve("work");
      HandRun run =
          new HandRun(
              new ScriptRunner(
                  caller.safety().get(),
                  new ScriptEnvironment(
                      caller.environment(),
                      settings.hooks().envDrop(),
                      System.getProperty("user.home", "/"))),
              new HandRun.Settings(
                  // what scripts keep there must be found again
                  Files.isWritable(work) ? work : scratch.path().resolve("work"),
                  scratch.path(),
                  ConfiguredDaemon.context(settings),
                  settings.compat().webdevops(),
                  settings.hooks().recall(),
                  settings.hooks().of(hook).timeout()),
              facts,
              caller.clock(),
              caller.pause(),
              printer);
      ScriptSummary summary = run.run(listing, occasion);
      if (output.isJson()) {
        caller.out().println(printer.gathered());
      }
      if (summary.failed().isEmpty()) {
        return ExitCode.OK;
      }
      caller.complain(summary.sentence());
      return ExitCode.FAILED;
    }
  }
}
