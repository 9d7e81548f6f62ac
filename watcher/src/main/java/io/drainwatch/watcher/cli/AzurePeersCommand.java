package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.Group;
import io.drainwatch.drainer.maintenance.GroupMember;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.ScaleSetInstance;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.OperatorOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "peers",
    description = {
      "Tells the running daemon who is in the scale set of its VM, so that the hooks peer-added"
          + " and",
      "onvmadd run for those that are new or back. For a timer: config/drainwatch-peers.timer.",
      "What could not be listed to the end is not told at all."
    },
    footer = {
      "",
      "Example: drainwatch azure peers --credential managed-identity",
      "",
      "Exit codes: 0 told, 1 refused, or the list was not to be had, 2 wrong arguments,"
          + " 3 faulty configuration, 6 the daemon or Azure does not answer."
    })
final class AzurePeersCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();

  @Option(
      names = "--vmss",
      paramLabel = "ID",
      description = "Resource id of the scale set. Default: that of this VM")
  private @Nullable String scaleSet;

  @Option(
      names = "--vm",
      paramLabel = "ID",
      description = "Resource id of the daemon's VM, where the metadata service does not tell it")
  private @Nullable String vm;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The daemon's token. Default: the file token in its state directory")
  private @Nullable Path tokenFile;

  private final Caller caller;

  AzurePeersCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.off();
    if (vm != null && scaleSet != null) {
      throw AzureTarget.usage("Only one of --vm and --vmss can be looked at.");
    }
    DrainwatchSettings settings = configuration.settings(caller);
    ResourceId named =
        scaleSet != null
            ? AzureTarget.scaleSet(scaleSet)
            : vm != null ? AzureTarget.vm(vm) : AzureTarget.thisVm(settings, caller);
    List<GroupMember> members;
    try (AzureResources resources = azure.open(caller, configuration)) {
      members =
          AzureOption.told(resources.instances(scaleSet(resources, named))).stream()
              .map(ScaleSetInstance::asMember)
              .toList();
    }
    if (members.size() > Group.MOST_MEMBERS + 1) {
      throw new CommandStopped(
          ExitCode.FAILED,
          "The scale set has "
              + members.size()
              + " instances, and the daemon keeps in mind "
              + Group.MOST_MEMBERS
              + " others. It was told nothing.");
    }
    return new OrderToDaemon(caller, false, Optional.ofNullable(tokenFile))
        .give(settings, OperatorOrder.group(members), false, sentence(members));
  }

  private static ResourceId scaleSet(AzureResources resources, ResourceId named) {
    return switch (named.kind()) {
      case SCALE_SET -> named;
      case INSTANCE -> named.ofScaleSet();
      case VM ->
          AzureOption.told(resources.vm(named))
              .scaleSet()
              .orElseThrow(
                  () ->
                      new CommandStopped(
                          ExitCode.FAILED,
                          named.words()
                              + " is in no scale set, so there is nobody to tell of. The daemon was"
                              + " told nothing."));
    };
  }

  private static String sentence(List<GroupMember> members) {
    String up = names(members, true);
    String others = names(members, false);
    return Lines.plain(
        "Told the daemon who is in its scale set: "
            + (up.isEmpty() ? "nobody is up" : up)
            + (others.isEmpty() ? "" : "; not up: " + others)
            + ".");
  }

  private static String names(List<GroupMember> members, boolean up) {
    return members.stream()
        .filter(each -> each.up() == up)
        .map(GroupMember::vmName)
        .collect(Collectors.joining(", "));
  }
}
