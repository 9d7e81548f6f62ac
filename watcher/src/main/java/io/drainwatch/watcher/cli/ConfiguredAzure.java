package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.AzureAccess;
import io.drainwatch.watcher.azure.AzureLibrary;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import java.util.Optional;

/** What asks Azure for the drainer; opened only where that is switched on. */
final class ConfiguredAzure {
  private ConfiguredAzure() {}

  /**
   * Asks nobody for anything yet.
   *
   * @throws CommandStopped its jars are not there
   */
  static AzureResources open(Caller caller) {
    AzureSettings settings =
        AzureSettings.of(AzureSettings.Login.AUTO, Optional.empty(), AzureSettings.PUBLIC_CLOUD);
    return switch (caller.azure().get()) {
      case AzureLibrary.Opening.Missing(String sentence) ->
          throw new CommandStopped(
              ExitCode.CONFIGURATION,
              "drainwatch.azure.enabled is true. " + sentence + " Nothing is drained.");
      case AzureLibrary.Opening.Opened(AzureAccess access) -> access.open(settings, caller.clock());
    };
  }
}
