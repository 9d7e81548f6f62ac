package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.byhand.MadeUpOccasion;
import io.drainwatch.watcher.byhand.Occasion;
import io.drainwatch.watcher.byhand.RecordedOccasion;
import io.drainwatch.watcher.byhand.RemovedPeer;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.DaemonRecord;
import io.drainwatch.watcher.rehearsal.ScratchDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "Runs everything configured for a hook now, as this user: native scripts one after another,"
          + " then those of BOSH jobs all at once, then SlipStream's one after another.",
      "They are told of the maintenance under way if there is one, else of a made-up event.",
      "Nothing is recorded or acknowledged: for the daemon it never happened.",
      "The hooks about other VMs need their names. peer-removed (onvmremove) tells of a made-up"
          + " event that took them away. peer-added (onvmadd) has no event: native scripts get the"
          + " hook and the VM's name as arguments, nothing on stdin and no DRAIN_* variables."
    },
    footer = {
      "",
      "Example: drainwatch hooks run uncordon",
      "         drainwatch hooks run drain --event Preempt --yes",
      "         drainwatch hooks run onvmadd west_3 west_4 --yes",
      "",
      "Exit codes: 0 all done (or nothing to run), 1 a script failed or was refused, or you said"
          + " no, 2 wrong arguments, 3 faulty configuration."
    })
final class HooksRunCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      paramLabel = "HOOK",
      converter = HookText.class,
      description = "Such as drain; also onvmremove and onvmadd")
  private Hook hook = Hook.DRAIN;

  @Parameters(
      index = "1..*",
      paramLabel = "VM",
      description = "With peer-removed and peer-added: the VMs that are gone or new")
  private List<String> vms = List.of();

  @Option(
      names = "--event",
      paramLabel = "TYPE",
      converter = EventTypeText.class,
      description =
          "A made-up event of this type, even during a maintenance. Default: the maintenance under"
              + " way, else Reboot; with peer-removed Terminate")
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
    checkArguments();
    DrainwatchSettings settings = configuration.settings(caller);
    CallPrinter printer = new CallPrinter(caller.out(), output.isJson(), false);
    try (ScratchDirectory scratch = ScratchDirectory.create(caller.environment())) {
      HookByHand byHand = new HookByHand(caller, settings, hook, scratch.path(), printer);
      if (byHand.hasNothing()) {
        return nothing("Hook " + hook.word() + " has no script that would run.");
      }
      Optional<HookByHand.About> about = about(settings);
      if (about.isEmpty()) {
        return nothing("No other VM is named.");
      }
      List<String> names = byHand.names(about.get());
      if (names.isEmpty()) {
        return nothing(
            "Hook " + hook.word() + " has no script for " + about.get().describe() + ".");
      }
      if (!agreed(names, about.get())) {
        caller.complain("Nothing was run.");
        return ExitCode.FAILED;
      }
      boolean done = byHand.run(about.get());
      if (output.isJson()) {
        caller.out().println(printer.gathered());
      }
      return done ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private int nothing(String sentence) {
    caller.complain(Lines.plain(sentence));
    if (output.isJson()) {
      caller.out().println("[]");
    }
    return ExitCode.OK;
  }

  private void checkArguments() {
    if (hook.isOfPeers() && vms.isEmpty()) {
      throw wrong("Hook " + hook.word() + " is about other VMs: name them.");
    }
    if (!hook.isOfPeers() && !vms.isEmpty()) {
      throw wrong("Hook " + hook.word() + " is about this VM: name no other.");
    }
    for (String vm : vms) {
      PeerNames.problem(vm)
          .ifPresent(
              why -> {
                throw wrong("'" + Lines.plain(vm) + "' is no VM's name: " + why);
              });
    }
    if (hook == Hook.PEER_ADDED && event != null) {
      throw wrong("No event tells of a new VM: --event does not go with " + hook.word() + ".");
    }
    if (hook == Hook.PEER_REMOVED
        && event != null
        && event != EventKind.PREEMPT
        && event != EventKind.TERMINATE) {
      throw wrong(event.word() + " takes no VM away: only Preempt and Terminate do.");
    }
  }

  private Optional<HookByHand.About> about(DrainwatchSettings settings) {
    VmFacts facts = ThisVm.facts(settings, caller);
    if (!hook.isOfPeers()) {
      return Optional.of(new HookByHand.About.ThisVm(occasion(settings, facts), facts));
    }
    PeerNames names = PeerNames.of(vms, facts.name());
    if (names.selfWasNamed()) {
      caller.complain(
          Lines.plain(facts.name() + " is this VM, which is told nothing about itself: left out."));
    }
    if (names.others().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        hook == Hook.PEER_ADDED
            ? new HookByHand.About.Added(names.others(), facts.name())
            : new HookByHand.About.Removed(
                RemovedPeer.of(
                    event == null ? EventKind.TERMINATE : event,
                    names.others(),
                    facts.name(),
                    caller.clock().instant())));
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
        caller.complain("The scripts are told of a made-up event. " + e.getMessage());
      }
    }
    return MadeUpOccasion.of(
        event == null ? EventKind.REBOOT : event,
        facts.name(),
        settings.policy(),
        caller.clock().instant());
  }

  private boolean agreed(List<String> names, HookByHand.About about) {
    String what =
        "hook "
            + hook.word()
            + " now ("
            + String.join(", ", names)
            + "), told of "
            + about.describe();
    if (yes) {
      return true;
    }
    if (!caller.person().isThere()) {
      throw wrong("Nobody can be asked here: say --yes to run " + Lines.plain(what) + ".");
    }
    return caller.person().agrees(Lines.plain("Run " + what + "?"));
  }

  private RuntimeException wrong(String message) {
    return spec == null
        ? new CommandStopped(ExitCode.USAGE, message)
        : new ParameterException(spec.commandLine(), message);
  }
}
