package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.AzureAccess;
import io.drainwatch.watcher.azure.AzureLibrary;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.azure.Trouble;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks, and which Azure. */
final class AzureOption {
  /** As the environment names a subscription for other tools. */
  static final String SUBSCRIPTION = "AZURE_SUBSCRIPTION_ID";

  @Option(
      names = "--identity",
      paramLabel = "WHOSE",
      description =
          "auto, managed (the VM's), workload (the pod's) or cli (az login). Default: auto, the"
              + " first that there is")
  private AzureSettings.Login login = AzureSettings.Login.AUTO;

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
  AzureResources open(Caller caller) {
    AzureSettings settings;
    try {
      settings = AzureSettings.of(login, Optional.ofNullable(clientId), endpoint);
    } catch (IllegalArgumentException e) {
      throw new CommandStopped(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    return switch (caller.azure().get()) {
      case AzureLibrary.Opening.Missing(String sentence) ->
          throw new CommandStopped(ExitCode.FAILED, sentence);
      case AzureLibrary.Opening.Opened(AzureAccess access) -> access.open(settings, caller.clock());
    };
  }

  static CommandStopped stopped(Trouble trouble) {
    return new CommandStopped(
        trouble.isOfTheConnection() ? ExitCode.NO_DAEMON : ExitCode.FAILED,
        Lines.plain(trouble.sentence()));
  }
}
