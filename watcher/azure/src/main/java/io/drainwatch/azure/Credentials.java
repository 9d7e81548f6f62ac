package io.drainwatch.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.CredentialUnavailableException;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.drainwatch.watcher.azure.AzureSettings;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Whose token is shown. None of these takes a secret from us: the platform, the service account's
 * projected token, or {@code az} gives it. The SDK keeps it in memory until it is over.
 */
final class Credentials {
  private static final String NO_WORKLOAD_IDENTITY =
      "There is no workload identity here: AZURE_CLIENT_ID, AZURE_TENANT_ID and"
          + " AZURE_FEDERATED_TOKEN_FILE are not all set.";

  private Credentials() {}

  static TokenCredential of(AzureSettings settings, HttpClient http) {
    return switch (settings.login()) {
      case MANAGED -> managed(settings, http);
      case WORKLOAD ->
          workload(settings, http)
              .orElseGet(
                  () ->
                      request ->
                          Mono.error(new CredentialUnavailableException(NO_WORKLOAD_IDENTITY)));
      case CLI -> cli(settings);
      case AUTO -> whateverThereIs(settings, http);
    };
  }

  private static TokenCredential whateverThereIs(AzureSettings settings, HttpClient http) {
    ChainedTokenCredentialBuilder chain = new ChainedTokenCredentialBuilder();
    workload(settings, http).ifPresent(chain::addLast);
    return chain
        // az before the VM's identity: where somebody is logged in, they mean themselves
        .addLast(cli(settings))
        .addLast(managed(settings, http))
        .build();
  }

  private static TokenCredential managed(AzureSettings settings, HttpClient http) {
    ManagedIdentityCredentialBuilder builder =
        new ManagedIdentityCredentialBuilder().httpClient(http);
    settings.clientId().ifPresent(builder::clientId);
    return builder.build();
  }

  /** Empty: this is no pod with one. The SDK refuses to make one then. */
  private static Optional<TokenCredential> workload(AzureSettings settings, HttpClient http) {
    WorkloadIdentityCredentialBuilder builder =
        new WorkloadIdentityCredentialBuilder().httpClient(http);
    settings.clientId().ifPresent(builder::clientId);
    try {
      return Optional.of(builder.build());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static TokenCredential cli(AzureSettings settings) {
    return new AzureCliCredentialBuilder().processTimeout(settings.exchangeLimit()).build();
  }
}
