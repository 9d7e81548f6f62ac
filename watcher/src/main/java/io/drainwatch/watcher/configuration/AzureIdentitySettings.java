package io.drainwatch.watcher.configuration;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * As whom Azure Resource Manager is asked, by the daemon and by commands that are not told
 * otherwise ({@code drainwatch.azure.*}). No secret: the platform, or {@code az}, gives the token.
 *
 * @param clientId of a user-assigned identity, or of the workload's application; never with {@link
 *     Credential#CLI}
 */
public record AzureIdentitySettings(Credential credential, Optional<String> clientId) {
  static final String NOT_OF_A_CLI =
      "goes with an identity of Azure only: az login has no client id";
  private static final Pattern CLIENT_ID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  /** Whose rights are used. */
  public enum Credential {
    /** Workload identity where a pod has one, else the VM's; for a command then {@code az}. */
    AUTO,
    /** The VM's. */
    MANAGED_IDENTITY,
    /** Of the pod's service account. */
    WORKLOAD_IDENTITY,
    /** Of who is logged in with {@code az login}: for commands that a person runs. */
    CLI
  }

  public AzureIdentitySettings {
    if (credential == Credential.CLI && clientId.isPresent()) {
      throw new IllegalArgumentException("a client id " + NOT_OF_A_CLI);
    }
    if (clientId.filter(id -> !isClientId(id)).isPresent()) {
      throw new IllegalArgumentException("no client id: " + clientId.get());
    }
  }

  public static AzureIdentitySettings auto() {
    return new AzureIdentitySettings(Credential.AUTO, Optional.empty());
  }

  public static boolean isClientId(String text) {
    return CLIENT_ID.matcher(text).matches();
  }

  /** As in the configuration file; case does not matter. Empty: there is no such. */
  public static Optional<Credential> credential(String word) {
    return Words.of(Credential.class).parse(word) instanceof Parsed.Accepted<Credential>(var meant)
        ? Optional.of(meant)
        : Optional.empty();
  }
}
