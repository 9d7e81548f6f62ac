package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.byhand.MadeUpOccasion;
import io.drainwatch.watcher.byhand.SampleVm;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.rehearsal.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "test",
    description = {
      "Runs scripts against a made-up event and a made-up VM, with a state of their own.",
      "Prints for each call: arguments, variables, output, exit code, and how that is judged; with"
          + " --output json also the whole environment. The scripts really run: what they stop is"
          + " stopped."
    },
    footer = {
      "",
      "Example: drainwatch hooks test --native ./my-hooks --event Preempt --hook drain",
      "         drainwatch hooks test --bosh /var/vcap --event Terminate --job etcd",
      "         drainwatch hooks test --slipstream /etc/drainwatch/slipstream",
      "",
      "Exit codes: 0 all done, 1 a script failed or would be refused, 2 wrong arguments,"
          + " 3 faulty configuration."
    })
final class HooksTestCommand implements Callable<Integer> {

  /** Exactly one of them. */
  static final class Tree {
    @Option(
        names = "--native",
        paramLabel = "DIR",
        description =
            "Holds a directory for each hook, as /etc/drainwatch/hooks.d does; or, together with"
                + " --hook, the scripts themselves")
    @Nullable Path hooks;

    @Option(
        names = "--bosh",
        paramLabel = "DIR",
        description =
            "A tree as /var/vcap, or its jobs directory. The way out of service, and back if the VM"
                + " comes back. Logs go to a scratch directory and are printed. bosh.stop and bosh.start"
                + " are left out. A wait that a drain asks for counts in full but lasts 1 s at"
                + " most")
    @Nullable Path bosh;

    @Option(
        names = "--slipstream",
        paramLabel = "DIR",
        description =
            "Holds prescale, postscale, onvmremove and onvmadd, as /etc/drainwatch/slipstream does."
                + " The last two run as on another VM of the group")
    @Nullable Path slipStream;
  }

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Tree tree = new Tree();

  @Option(
      names = "--event",
      paramLabel = "TYPE",
      converter = EventTypeText.class,
      description = "The made-up event. Default: ${DEFAULT-VALUE}",
      defaultValue = "Reboot")
  private EventKind event = EventKind.REBOOT;

  @Option(
      names = "--hook",
      paramLabel = "HOOK",
      converter = HookText.class,
      description = "This hook only. Default: all, in the order of a maintenance")
  private @Nullable Hook hook;

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description = "With --bosh: this job only; may be given several times. Default: all")
  private List<String> jobs = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description =
          "The longest time of a script here; less when it would have less in earnest. Default: 1m")
  private Duration timeout = Duration.ofMinutes(1);

  private final Caller caller;

  HooksTestCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.off();
    DrainwatchSettings settings = configuration.settings(caller);
    if (!jobs.isEmpty() && tree.bosh == null) {
      throw wrong("--job goes with --bosh");
    }
    try (ScratchDirectory scratch = ScratchDirectory.create(caller.environment())) {
      CallPrinter printer = new CallPrinter(caller.out(), output.isJson(), true);
      MadeUpOccasion occasion =
          MadeUpOccasion.of(event, ScriptTrial.VM, settings.policy(), caller.clock().instant());
      ScriptTrial trial =
          new ScriptTrial(
              caller,
              settings,
              scratch.path(),
              occasion,
              SampleVm.withDisks(ScriptTrial.VM),
              Optional.ofNullable(hook),
              timeout,
              printer);
      boolean done = run(trial);
      if (output.isJson()) {
        caller.out().println(printer.gathered());
      }
      return done ? ExitCode.OK : ExitCode.FAILED;
    } catch (ScriptTrial.NothingToTry e) {
      throw wrong(e.getMessage());
    }
  }

  private boolean run(ScriptTrial trial)
      throws IOException, InterruptedException, ScriptTrial.NothingToTry {
    if (tree.bosh != null) {
      return new BoshTrial(trial).run(directory("--bosh", tree.bosh), jobs);
    }
    if (tree.slipStream != null) {
      return new SlipStreamTrial(trial).run(directory("--slipstream", tree.slipStream));
    }
    Path hooks = tree.hooks == null ? Path.of("") : tree.hooks;
    return new NativeTrial(trial).run(directory("--native", hooks));
  }

  private Path directory(String option, Path directory) {
    if (!Files.isDirectory(directory)) {
      throw wrong(option + " " + directory + " is not a directory");
    }
    return directory.toAbsolutePath().normalize();
  }

  private ParameterException wrong(@Nullable String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), String.valueOf(message));
  }
}
