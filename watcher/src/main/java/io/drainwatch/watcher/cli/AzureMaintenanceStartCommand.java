package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.Deed;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.SelfService;
import io.drainwatch.watcher.azure.Trouble;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.OperatorOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "start",
    description = {
      "Drains the VM by its daemon, as for a Redeploy, has the planned maintenance done, and brings"
          + " the VM back into service.",
      "The daemon asked is the one of the configuration. Started on the VM itself it ends with the"
          + " VM's restart: say `drainwatch resume` there afterwards."
    },
    footer = {
      "",
      "Example: drainwatch azure maintenance start --vm ID --within 20m --yes",
      "",
      "Exit codes: 0 done and back in service, 1 refused, not drained, or it failed, 2 wrong"
          + " arguments, 3 faulty configuration, 6 Azure or the daemon does not answer."
    })
final class AzureMaintenanceStartCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();

  @Option(
      names = "--vm",
      paramLabel = "ID",
      description = "Resource id of the VM or instance. Default: this VM")
  private @Nullable String vm;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "For the drain; what is not drained by then ends it. Default: no deadline")
  private @Nullable Duration within;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "For the maintenance itself. Default: 2h")
  private Duration limit = Duration.ofHours(2);

  @Option(names = "--yes", description = "Does not ask")
  private boolean yes;

  private final Caller caller;

  AzureMaintenanceStartCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.off();
    DrainwatchSettings settings = configuration.settings(caller);
    ResourceId id = vm == null ? AzureTarget.thisVm(settings, caller) : AzureTarget.vm(vm);
    try (AzureResources resources = azure.open(caller, configuration)) {
      AzureVm read =
          AzureOption.readyFor(
              resources, id, vm -> SelfService.objection(vm, caller.clock().instant()));
      MaintainedDaemon.refuseAnother(settings, caller, read);
      ask(id);
      OrderToDaemon order = new OrderToDaemon(caller, false);
      order.give(
          settings,
          OperatorOrder.drain(Optional.of(EventKind.REDEPLOY.word()), Optional.ofNullable(within)),
          true,
          "");
      perform(resources, id);
      return order.give(settings, OperatorOrder.resume(), true, "");
    }
  }

  private void ask(ResourceId id) {
    if (yes) {
      return;
    }
    if (!caller.person().isThere()) {
      throw AzureTarget.usage("Nobody is there to be asked: say --yes.");
    }
    if (!caller.person().agrees("Drain " + id.words() + " and have it redeployed now?")) {
      throw new CommandStopped(ExitCode.FAILED, "Nothing was done.");
    }
  }

  /** What is drained stays drained when it fails: whether it is fit for service a person says. */
  private void perform(AzureResources resources, ResourceId id) throws InterruptedException {
    OperationEnd.Outcome outcome =
        switch (resources.begin(Deed.PERFORM_MAINTENANCE, id)) {
          case AzureAnswer.NotTold<Operation>(Trouble trouble) ->
              mayHaveBegun(trouble)
                  ? new OperationEnd.Outcome.NotKnown(trouble.sentence())
                  : new OperationEnd.Outcome.Failed(trouble.sentence());
          case AzureAnswer.Told<Operation>(Operation operation) -> {
            caller.out().println("The maintenance has begun.");
            yield new OperationEnd(caller, limit).of(operation);
          }
        };
    switch (outcome) {
      case OperationEnd.Outcome.Done() -> caller.out().println("The maintenance is done.");
      case OperationEnd.Outcome.Failed(String why) ->
          throw new CommandStopped(
              ExitCode.FAILED,
              Lines.plain(why)
                  + " The machine stays drained: drainwatch resume puts it back into service.");
      case OperationEnd.Outcome.NotKnown(String why) ->
          throw new CommandStopped(
              ExitCode.FAILED,
              Lines.plain(why)
                  + " The machine stays drained: do not resume before the maintenance has ended.");
    }
  }

  /** As its sentence says: Azure may have taken the order before the answer was lost. */
  private static boolean mayHaveBegun(Trouble trouble) {
    return switch (trouble.kind()) {
      case SERVER, TIMED_OUT, NO_CONNECTION -> true;
      case NO_LOGIN, FORBIDDEN, NOT_FOUND, CONFLICT, THROTTLED, OTHER -> false;
    };
  }
}
