package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which VMs. */
final class AzureTarget {
  @Option(
      names = "--vm",
      paramLabel = "ID",
      description = "Resource id of a VM or of an instance of a scale set. Default: this VM")
  private @Nullable String vm;

  @Option(names = "--vmss", paramLabel = "ID", description = "Resource id of a scale set")
  private @Nullable String scaleSet;

  @Option(names = "--resource-group", paramLabel = "NAME", description = "All in it")
  private @Nullable String group;

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "Of the resource group. Default: AZURE_SUBSCRIPTION_ID")
  private @Nullable String subscription;

  /** What was chosen. */
  sealed interface Chosen {
    record One(ResourceId id, boolean isThisVm) implements Chosen {}

    record Group(String subscription, String name) implements Chosen {}
  }

  Chosen chosen(Caller caller, ConfigurationOption configuration) {
    int given = (vm == null ? 0 : 1) + (scaleSet == null ? 0 : 1) + (group == null ? 0 : 1);
    if (given > 1) {
      throw usage("Only one of --vm, --vmss and --resource-group can be looked at.");
    }
    if (vm != null) {
      return new Chosen.One(vm(vm), false);
    }
    if (scaleSet != null) {
      return new Chosen.One(scaleSet(scaleSet), false);
    }
    if (group != null) {
      return new Chosen.Group(subscription(caller), group);
    }
    return new Chosen.One(thisVm(configuration.settings(caller), caller), true);
  }

  static ResourceId vm(String text) {
    return ResourceId.parse(text)
        .filter(id -> id.kind() != ResourceId.Kind.SCALE_SET)
        .orElseThrow(
            () ->
                usage(
                    "--vm wants /subscriptions/.../virtualMachines/NAME, or .../virtualMachine"
                        + "ScaleSets/NAME/virtualMachines/INSTANCE; az vm list --query [].id"
                        + " shows them."));
  }

  static ResourceId scaleSet(String text) {
    return ResourceId.parse(text)
        .filter(id -> id.kind() == ResourceId.Kind.SCALE_SET)
        .orElseThrow(
            () ->
                usage(
                    "--vmss wants /subscriptions/.../virtualMachineScaleSets/NAME; az vmss list"
                        + " --query [].id shows them."));
  }

  static ResourceId thisVm(DrainwatchSettings settings, Caller caller) {
    return ThisVm.facts(settings, caller)
        .resourceId()
        .flatMap(ResourceId::parse)
        .orElseThrow(
            () ->
                usage(
                    "The metadata service does not tell which VM this is: name one with --vm,"
                        + " --vmss or --resource-group."));
  }

  private String subscription(Caller caller) {
    return Optional.ofNullable(subscription)
        .or(() -> Optional.ofNullable(caller.environment().get(AzureOption.SUBSCRIPTION)))
        .orElseThrow(() -> usage("--resource-group needs --subscription."));
  }

  static CommandStopped usage(String sentence) {
    return new CommandStopped(ExitCode.USAGE, sentence);
  }
}
