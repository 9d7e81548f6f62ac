package io.drainwatch.watcher.azure;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Who asks, whom, and how long. Holds no secret: tokens stay with the credential.
 *
 * @param clientId of a user-assigned identity; for workload identity the application's
 * @param endpoint of Resource Manager
 * @param exchangeLimit for one exchange, its body included
 * @param callLimit for one question with all its pages, retries and pauses
 * @param betweenLooks how often an operation that goes on is asked for, unless Azure says
 */
public record AzureSettings(
    Login login,
    Optional<String> clientId,
    URI endpoint,
    Duration connectLimit,
    Duration exchangeLimit,
    Duration callLimit,
    Duration betweenLooks) {

  public static final URI PUBLIC_CLOUD = URI.create("https://management.azure.com");

  /** Whose rights are used. */
  public enum Login {
    /** A person's: what there is of workload identity, managed identity, Azure CLI. */
    AUTO,
    /** The same without the CLI, as nobody is there who could be meant by it. */
    UNATTENDED,
    /** The VM's. */
    MANAGED,
    /** Of the pod's service account. */
    WORKLOAD,
    /** Of who is logged in with {@code az login}. */
    CLI
  }

  public AzureSettings {
    if (connectLimit.isNegative()
        || connectLimit.isZero()
        || exchangeLimit.compareTo(connectLimit) < 0
        || callLimit.compareTo(exchangeLimit) < 0) {
      throw new IllegalArgumentException(
          "limits must grow from connecting to an exchange to a whole call");
    }
    if (!"https".equals(endpoint.getScheme())) {
      throw new IllegalArgumentException(
          endpoint + " is not https, and a token goes nowhere in the clear");
    }
  }

  public static AzureSettings of(Login login, Optional<String> clientId, URI endpoint) {
    return new AzureSettings(
        login,
        clientId,
        endpoint,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(90),
        Duration.ofSeconds(5));
  }
}
