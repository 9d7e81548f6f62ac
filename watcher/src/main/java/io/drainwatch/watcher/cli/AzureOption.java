package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.AzureAccess;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureLibrary;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.Trouble;
import io.drainwatch.watcher.configuration.AzureIdentitySettings;
import io.drainwatch.watcher.configuration.AzureIdentitySettings.Credential;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks, and which Azure. What is not said here stands in the configuration. */
final class AzureOption {
  /** As the environment names a subscription for other tools. */
  static final String SUBSCRIPTION = "AZURE_SUBSCRIPTION_ID";

  @Option(
      names = "--credential",
      paramLabel = "WHOSE",
      converter = CredentialWord.class,
      description =
          "auto (the first that there is of the following), workload-identity (the pod's),"
              + " managed-identity (the VM's) or cli (az login). Default: drainwatch.azure of the"
              + " configuration, else auto")
  private @Nullable Credential credential;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "Of a user-assigned identity, or of the workload's application")
  private @Nullable String clientId;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "Resource Manager of another cloud, such as https://management.chinacloudapi.cn")
  private URI endpoint = AzureSettings.PUBLIC_CLOUD;

  /** Nothing is sent yet. The caller closes it. */
  AzureResources open(Caller caller, ConfigurationOption configuration) {
    return open(caller, () -> configuration.settings(caller).azureIdentity());
  }

  private AzureResources open(Caller caller, Supplier<AzureIdentitySettings> configured) {
    refuseWhatCannotBe();
    // a credential named here is meant as it is named, without the configured one's client id
    AzureIdentitySettings base =
        credential == null
            ? configured.get()
            : new AzureIdentitySettings(credential, Optional.empty());
    Optional<String> id = Optional.ofNullable(clientId).or(base::clientId);
    AzureSettings settings;
    try {
      settings = AzureLogin.attended(new AzureIdentitySettings(base.credential(), id), endpoint);
    } catch (IllegalArgumentException e) {
      throw new CommandStopped(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    return switch (caller.azure().get()) {
      case AzureLibrary.Opening.Missing(String sentence) ->
          throw new CommandStopped(ExitCode.FAILED, sentence);
      case AzureLibrary.Opening.Opened(AzureAccess access) -> access.open(settings, caller.clock());
    };
  }

  /** All of it at once. */
  private void refuseWhatCannotBe() {
    List<String> faults = new ArrayList<>();
    if (clientId != null && !AzureIdentitySettings.isClientId(clientId)) {
      faults.add("--client-id must be a client id, such as 00000000-0000-0000-0000-000000000000.");
    }
    if (clientId != null && credential == Credential.CLI) {
      faults.add("--client-id goes with no --credential cli: az login has none.");
    }
    if (!"https".equals(endpoint.getScheme())) {
      faults.add("--endpoint must be https: a token goes nowhere in the clear.");
    }
    if (!faults.isEmpty()) {
      throw new CommandStopped(ExitCode.USAGE, String.join("\n", faults));
    }
  }

  static CommandStopped stopped(Trouble trouble) {
    return new CommandStopped(
        trouble.isOfTheConnection() ? ExitCode.NO_DAEMON : ExitCode.FAILED,
        Lines.plain(trouble.sentence()));
  }

  /** The VM, or the end of the command with why nothing is done to it. */
  static AzureVm readyFor(
      AzureResources resources, ResourceId id, Function<AzureVm, Optional<String>> objection) {
    AzureVm read = told(resources.vm(id));
    objection
        .apply(read)
        .ifPresent(
            why -> {
              throw new CommandStopped(ExitCode.FAILED, why + " Nothing was done.");
            });
    return read;
  }

  /** What Azure told, or the end of the command. */
  static <T> T told(AzureAnswer<T> answer) {
    return switch (answer) {
      case AzureAnswer.Told<T>(T value) -> value;
      case AzureAnswer.NotTold<T>(Trouble trouble) -> throw stopped(trouble);
    };
  }
}
