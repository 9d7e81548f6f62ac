package io.drainwatch.watcher.configuration;

import io.drainwatch.watcher.configuration.AzureIdentitySettings.Credential;
import java.util.Optional;

/** {@code drainwatch.azure.credential} and {@code drainwatch.azure.client-id}. */
final class AzureIdentityReader {
  private static final String CREDENTIAL = "drainwatch.azure.credential";
  private static final String CLIENT_ID = "drainwatch.azure.client-id";

  private AzureIdentityReader() {}

  /**
   * @param daemonAsks whether anything but a command asks; nobody is logged in there
   */
  static AzureIdentitySettings read(Values values, boolean daemonAsks) {
    Credential credential =
        values.choice(CREDENTIAL, Words.of(Credential.class)).orElse(Credential.AUTO);
    Optional<String> clientId = values.one(CLIENT_ID, AzureIdentityReader::clientId);
    if (credential == Credential.CLI) {
      if (daemonAsks) {
        values.fault(
            CREDENTIAL,
            "cannot be cli where drainwatch.context.resource-manager or drainwatch.azure.enabled is"
                + " true: what runs by itself never asks as whoever is logged in");
      }
      clientId.ifPresent(id -> values.fault(CLIENT_ID, AzureIdentitySettings.NOT_OF_A_CLI));
      clientId = Optional.empty();
    }
    return new AzureIdentitySettings(credential, clientId);
  }

  private static Parsed<String> clientId(String text) {
    return AzureIdentitySettings.isClientId(text)
        ? Parsed.of(text)
        : Parsed.refused("must be a client id, such as 00000000-0000-0000-0000-000000000000");
  }
}
