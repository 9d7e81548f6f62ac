package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.AzureAccess;
import io.drainwatch.watcher.azure.AzureLibrary;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.configuration.ClusterAzureSettings;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.drainer.AzureChoice;
import io.drainwatch.watcher.drainer.AzureSide;
import io.drainwatch.watcher.drainer.Outside;
import java.util.Optional;

/** What asks Azure for the drainer; loaded only where that is switched on. */
final class ConfiguredAzure {
  private ConfiguredAzure() {}

  static Outside.Maker outside(DrainwatchSettings configured, Caller caller) {
    AzureResources azure = open(AzureLogin.unattended(configured.azureIdentity()), caller);
    AzureChoice choice = choice(configured);
    return (cluster, clock, metrics) ->
        new AzureSide(choice, azure, cluster, clock, metrics.ofAzure());
  }

  static AzureChoice choice(DrainwatchSettings configured) {
    ClusterAzureSettings azure = configured.azure();
    return new AzureChoice(
        azure.looksPerMinute(),
        protection(azure.protectInstances(), configured.dryRun()),
        azure.graphEvents() ? Optional.of(azure.graphInterval()) : Optional.empty(),
        !configured.dryRun(),
        azure.acknowledgeForLostWatchers() && !configured.dryRun());
  }

  // a dry run changes nothing
  private static AzureChoice.Protection protection(boolean wanted, boolean dryRun) {
    if (dryRun) {
      return AzureChoice.Protection.UNTOUCHED;
    }
    return wanted ? AzureChoice.Protection.GIVEN : AzureChoice.Protection.ONLY_UNDONE;
  }

  // asks nobody for anything yet
  private static AzureResources open(AzureSettings settings, Caller caller) {
    return switch (caller.azure().get()) {
      case AzureLibrary.Opening.Missing(String sentence) ->
          throw new CommandStopped(
              ExitCode.CONFIGURATION,
              "drainwatch.azure.enabled is true. " + sentence + " Nothing is drained.");
      case AzureLibrary.Opening.Opened(AzureAccess access) -> access.open(settings, caller.clock());
    };
  }
}
