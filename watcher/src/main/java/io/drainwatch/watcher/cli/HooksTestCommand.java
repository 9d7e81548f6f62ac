package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.watcher.byhand.HandRun;
import io.drainwatch.watcher.byhand.MadeUpOccasion;
import io.drainwatch.watcher.byhand.Occasion;
import io.drainwatch.watcher.byhand.SampleVm;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.rehearsal.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "Prints for each call: arguments, DRAIN_* variables, output, exit code, and how that is"
          + " judged. The scripts really run: what they stop is stopped."
    },
    footer = {
      "",
      "Example: drainwatch hooks test --native ./my-hooks --event Preempt --hook drain",
      "",
      "Exit codes: 0 all done, 1 a script failed or would be refused, 2 wrong arguments,"
          + " 3 faulty configuration."
    })
final class HooksTestCommand implements Callable<Integer> {
  private static final String VM = "test-vm_0";

  /** Nobody learns anything from a longer one here. */
  private static final Duration LONGEST_RECALL = Duration.ofSeconds(1);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--native",
      paramLabel = "DIR",
      required = true,
      description =
          "Holds a directory for each hook, as /etc/drainwatch/hooks.d does; or, together with"
              + " --hook, the scripts themselves")
  private Path directory = Path.of("");

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
    if (!Files.isDirectory(directory)) {
      throw wrong("--native " + directory + " is not a directory");
    }
    DrainwatchSettings settings = configuration.settings(caller);
    try (ScratchDirectory scratch = ScratchDirectory.create(caller.environment())) {
      List<HookListing> listings = listings(settings, scratch);
      CallPrinter printer = new CallPrinter(caller.out(), output.isJson(), true);
      boolean failed = false;
      VmFacts facts = SampleVm.withDisks(VM);
      Occasion occasion = MadeUpOccasion.of(event, VM, settings.policy(), caller.clock().instant());
      for (HookListing listing : listings) {
        tellSkipped(listing);
        ScriptSummary summary =
            run(settings, scratch, listing.hook(), facts, printer).run(listing, occasion);
        if (!summary.failed().isEmpty()) {
          failed = true;
          caller.complain(summary.sentence());
        }
      }
      if (output.isJson()) {
        caller.out().println(printer.gathered());
      }
      return failed ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  private HandRun run(
      DrainwatchSettings settings,
      ScratchDirectory scratch,
      Hook of,
      VmFacts facts,
      CallPrinter printer) {
    Duration configured = settings.hooks().of(of).timeout().orElse(timeout);
    Duration recall = settings.hooks().recall();
    return new HandRun(
        new ScriptRunner(
            caller.safety().get(),
            new ScriptEnvironment(
                caller.environment(),
                settings.hooks().envDrop(),
                System.getProperty("user.home", "/"))),
        new HandRun.Settings(
            scratch.path().resolve("work"),
            scratch.path(),
            ConfiguredDaemon.context(settings),
            settings.compat().webdevops(),
            recall.compareTo(LONGEST_RECALL) < 0 ? recall : LONGEST_RECALL,
            Optional.of(configured.compareTo(timeout) < 0 ? configured : timeout)),
        facts,
        caller.clock(),
        caller.pause(),
        printer);
  }

  private List<HookListing> listings(DrainwatchSettings settings, ScratchDirectory scratch)
      throws IOException {
    Path base = directory.toAbsolutePath().normalize();
    boolean ofHooks =
        Arrays.stream(Hook.values()).anyMatch(each -> Files.isDirectory(base.resolve(each.word())));
    if (!ofHooks && hook == null) {
      throw wrong(
          "--native "
              + directory
              + " has no directory of a hook, such as drain/; are these the scripts of one hook,"
              + " say which with --hook");
    }
    if (!ofHooks && hook != null) {
      Path hooks = Files.createDirectories(scratch.path().resolve("hooks.d"));
      Files.createSymbolicLink(hooks.resolve(hook.word()), base);
      return List.of(list(settings, hooks, hook));
    }
    return Arrays.stream(Hook.values())
        .filter(each -> hook == null || each == hook)
        .map(each -> list(settings, base, each))
        .toList();
  }

  private HookListing list(DrainwatchSettings settings, Path base, Hook of) {
    ScriptNames names = ConfiguredDaemon.scriptNames(settings.hooks());
    return new HookDirectories(List.of(base), names, caller.safety().get()).list(of);
  }

  /** Said on stderr, so that the facts on stdout are the calls alone. */
  private void tellSkipped(HookListing listing) {
    for (HookEntry entry : listing.entries()) {
      if (entry.verdict() instanceof Verdict.Skipped skipped) {
        caller.complain(
            Lines.plain(listing.hook().word() + "/" + entry.name() + " " + skipped.text()));
      }
    }
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
