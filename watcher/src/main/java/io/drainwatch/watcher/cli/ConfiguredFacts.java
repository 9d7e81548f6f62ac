package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.FactsFromAzure;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.daemon.Surroundings;

/**
 * Whether the daemon asks Resource Manager for more facts of its VM; by default nothing is loaded.
 */
final class ConfiguredFacts {
  private ConfiguredFacts() {}

  static Surroundings asked(DrainwatchSettings settings, Surroundings surroundings, Caller caller) {
    if (!settings.context().resourceManager()) {
      return surroundings;
    }
    FactsFromAzure azure =
        new FactsFromAzure(
            caller.azure(),
            AzureLogin.unattended(settings.azureIdentity()),
            caller.clock(),
            caller.pause());
    return surroundings.with(azure::ask);
  }
}
