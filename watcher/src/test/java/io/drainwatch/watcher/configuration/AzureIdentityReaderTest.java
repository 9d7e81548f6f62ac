package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.watcher.configuration.AzureIdentitySettings.Credential;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code drainwatch.azure.credential} and {@code client-id}. */
class AzureIdentityReaderTest {
  private static final String CREDENTIAL = "drainwatch.azure.credential";
  private static final String CLIENT_ID = "drainwatch.azure.client-id";
  private static final String FACTS = "drainwatch.context.resource-manager";
  private static final String ID = "00000000-0000-0000-0000-00000000000B";

  @Test
  void isWhatThereIsUnlessSaid() {
    assertThat(settings(Map.of()).azureIdentity()).isEqualTo(AzureIdentitySettings.auto());
  }

  @ParameterizedTest
  @CsvSource({
    "auto,AUTO",
    "managed-identity,MANAGED_IDENTITY",
    "Workload-Identity,WORKLOAD_IDENTITY"
  })
  void readsWhoseAndWhich(String word, Credential credential) {
    assertThat(settings(Map.of(CREDENTIAL, word, CLIENT_ID, ID, FACTS, true)).azureIdentity())
        .isEqualTo(new AzureIdentitySettings(credential, Optional.of(ID)));
  }

  @Test
  void cliIsForCommandsOnly() {
    assertThat(settings(Map.of(CREDENTIAL, "cli")).azureIdentity().credential())
        .isEqualTo(Credential.CLI);

    Fault fault = onlyFault(Map.of(CREDENTIAL, "cli", FACTS, true));
    assertThat(fault.key()).isEqualTo(CREDENTIAL);
    assertThat(fault.reason()).contains("never asks as whoever is logged in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"me", "00000000-0000-0000-0000-00000000000", "{" + ID + "}", ID + "0"})
  void refusesWhatIsNoClientId(String id) {
    assertThat(onlyFault(Map.of(CLIENT_ID, id)).key()).isEqualTo(CLIENT_ID);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThat(faults(Map.of(CREDENTIAL, "cli", CLIENT_ID, ID, FACTS, true)))
        .extracting(Fault::key)
        .containsExactlyInAnyOrder(CREDENTIAL, CLIENT_ID);
    assertThat(faults(Map.of(CREDENTIAL, "password", CLIENT_ID, "me")))
        .extracting(Fault::key)
        .containsExactlyInAnyOrder(CREDENTIAL, CLIENT_ID);
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new AzureIdentitySettings(Credential.CLI, Optional.of(ID)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AzureIdentitySettings(Credential.AUTO, Optional.of("me")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
