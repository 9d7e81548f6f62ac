package io.drainwatch.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.util.Configuration;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.CredentialUnavailableException;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.drainwatch.watcher.azure.AzureSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Whose token is shown. None of these takes a secret from us: the platform, the service account's
 * projected token, or {@code az} gives it. The SDK keeps it in memory until it is over.
 */
final class Credentials {
  private static final String NO_WORKLOAD_IDENTITY =
      "There is no workload identity here: AZURE_CLIENT_ID, AZURE_TENANT_ID and"
          + " AZURE_FEDERATED_TOKEN_FILE are not all set.";

  /** Away from Azure nobody is at the address of its metadata service, and no packet comes back. */
  private static final Duration TO_BE_ON_A_VM = Duration.ofSeconds(3);

  private final AzureSettings settings;
  private final HttpClient http;
  private final Configuration environment;

  private Credentials(AzureSettings settings, HttpClient http, Configuration environment) {
    this.settings = settings;
    this.http = http;
    this.environment = environment;
  }

  static TokenCredential of(AzureSettings settings, HttpClient http) {
    return of(settings, http, Configuration.getGlobalConfiguration());
  }

  /**
   * @param environment the variables that Azure's webhook sets in a pod
   */
  static TokenCredential of(AzureSettings settings, HttpClient http, Configuration environment) {
    return new Credentials(settings, http, environment).chosen();
  }

  private TokenCredential chosen() {
    return switch (settings.login()) {
      case MANAGED -> managed();
      case WORKLOAD -> workload().orElseGet(() -> unavailable(NO_WORKLOAD_IDENTITY));
      case CLI -> cli();
      case AUTO -> workload().orElseGet(this::ofTheVmOrThePerson);
      case UNATTENDED -> workload().orElseGet(this::managed);
    };
  }

  /** Whoever names an identity means no person. */
  private TokenCredential ofTheVmOrThePerson() {
    if (settings.clientId().isPresent()) {
      return managed();
    }
    return new ChainedTokenCredentialBuilder().addLast(ifThereIs(managed())).addLast(cli()).build();
  }

  /** The VM's, in a pod too: by the webhook's variables the SDK would take the pod's instead. */
  private TokenCredential managed() {
    ManagedIdentityCredentialBuilder builder =
        new ManagedIdentityCredentialBuilder().httpClient(http).configuration(Configuration.NONE);
    settings.clientId().ifPresent(builder::clientId);
    return builder.build();
  }

  /** Empty: this is no pod with one. The SDK refuses to make one then. */
  private Optional<TokenCredential> workload() {
    WorkloadIdentityCredentialBuilder builder =
        new WorkloadIdentityCredentialBuilder()
            .httpClient(http)
            .configuration(environment)
            // who gives tokens here the webhook says; no third host is asked whether that is one
            .disableInstanceDiscovery();
    settings.clientId().ifPresent(builder::clientId);
    try {
      return Optional.of(builder.build());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private TokenCredential cli() {
    return new AzureCliCredentialBuilder().processTimeout(settings.exchangeLimit()).build();
  }

  /** So that whatever it is that fails, the next one is tried: the SDK goes on after one kind. */
  private static TokenCredential ifThereIs(TokenCredential identity) {
    return request ->
        Mono.defer(() -> identity.getToken(request))
            .subscribeOn(Schedulers.boundedElastic())
            .timeout(TO_BE_ON_A_VM)
            .onErrorMap(
                failure ->
                    new CredentialUnavailableException(
                        failure instanceof TimeoutException
                            ? "No managed identity: the metadata service does not answer."
                            : "No managed identity: " + Refusal.of(failure) + ".",
                        failure));
  }

  private static TokenCredential unavailable(String why) {
    return request -> Mono.error(new CredentialUnavailableException(why));
  }
}
