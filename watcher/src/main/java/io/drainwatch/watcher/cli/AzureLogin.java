package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.configuration.AzureIdentitySettings;
import io.drainwatch.watcher.configuration.AzureIdentitySettings.Credential;
import java.net.URI;

/** As whom Azure is asked, in the words of the part that asks. */
final class AzureLogin {
  private AzureLogin() {}

  /** For what runs without a person: whoever is logged in with {@code az} is never meant. */
  static AzureSettings unattended(AzureIdentitySettings identity) {
    return AzureSettings.of(
        identity.credential() == Credential.AUTO
            ? AzureSettings.Login.UNATTENDED
            : login(identity.credential()),
        identity.clientId(),
        AzureSettings.PUBLIC_CLOUD);
  }

  /** For a command. */
  static AzureSettings attended(AzureIdentitySettings identity, URI endpoint) {
    return AzureSettings.of(login(identity.credential()), identity.clientId(), endpoint);
  }

  private static AzureSettings.Login login(Credential credential) {
    return switch (credential) {
      case AUTO -> AzureSettings.Login.AUTO;
      case MANAGED_IDENTITY -> AzureSettings.Login.MANAGED;
      case WORKLOAD_IDENTITY -> AzureSettings.Login.WORKLOAD;
      case CLI -> AzureSettings.Login.CLI;
    };
  }
}
