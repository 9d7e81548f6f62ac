package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.ClusterConnection;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --kubeconfig}, for the commands that look at a cluster. */
final class KubeconfigOption {
  private static final String CONTROLLER = "drainwatch.io/command";

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The cluster. Default: drainwatch.kubernetes.kubeconfig, or what kubectl takes")
  private @Nullable Path named;

  boolean isNamed() {
    return named != null;
  }

  /** Nothing is sent yet. The caller closes it. */
  FabricCluster cluster(DrainwatchSettings configured, Caller caller) {
    String instance = "command/" + ProcessHandle.current().pid();
    ClusterConnection connection =
        named == null
            ? ConfiguredNode.connection(configured.kubernetes(), CONTROLLER, instance)
            : ClusterConnection.of(named, CONTROLLER, instance);
    try {
      return FabricCluster.connect(connection, caller.clock());
    } catch (IllegalArgumentException e) {
      throw new CommandStopped(
          ExitCode.USAGE,
          "The cluster cannot be asked: " + Lines.plain(String.valueOf(e.getMessage())));
    }
  }
}
