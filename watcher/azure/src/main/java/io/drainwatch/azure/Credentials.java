package io.drainwatch.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.drainwatch.watcher.azure.AzureSettings;

/**
 * Whose token is shown. None of these takes a secret from us: the platform, the service account's
 * projected token, or {@code az} gives it. The SDK keeps it in memory until it is over.
 */
final class Credentials {
  private Credentials() {}

  static TokenCredential of(AzureSettings settings, HttpClient http) {
    return switch (settings.login()) {
      case MANAGED -> managed(settings, http);
      case WORKLOAD -> workload(settings, http);
      case CLI -> cli(settings);
      case AUTO ->
          new ChainedTokenCredentialBuilder()
              .addLast(workload(settings, http))
              // az before the VM's identity: where somebody is logged in, they mean themselves
              .addLast(cli(settings))
              .addLast(managed(settings, http))
              .build();
    };
  }

  private static TokenCredential managed(AzureSettings settings, HttpClient http) {
    ManagedIdentityCredentialBuilder builder =
        new ManagedIdentityCredentialBuilder().httpClient(http);
    settings.clientId().ifPresent(builder::clientId);
    return builder.build();
  }

  private static TokenCredential workload(AzureSettings settings, HttpClient http) {
    WorkloadIdentityCredentialBuilder builder =
        new WorkloadIdentityCredentialBuilder().httpClient(http);
    settings.clientId().ifPresent(builder::clientId);
    return builder.build();
  }

  private static TokenCredential cli(AzureSettings settings) {
    return new AzureCliCredentialBuilder().processTimeout(settings.exchangeLimit()).build();
  }
}
