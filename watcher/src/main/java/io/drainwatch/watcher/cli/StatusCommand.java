package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "Shows what the daemon is doing.",
      "State, event, deadline, hooks, acknowledgement, metadata service.",
      "When the daemon does not answer, its record on disk is shown instead.",
      "With --cluster: the Nodes of a cluster that have a maintenance, by their annotations; and,"
          + " with scale-down.enabled, the clean-up behind StatefulSets."
    },
    footer = {
      "",
      "Example: drainwatch status --output json",
      "Example: drainwatch status --cluster --kubeconfig ~/.kube/config",
      "",
      "Exit codes: 0 the daemon (--cluster: the cluster) answered, 2 wrong arguments,"
          + " 3 faulty configuration, 6 the daemon (--cluster: the cluster) does not answer."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Option(names = "--cluster", description = "All Nodes of the cluster instead of this machine")
  private boolean ofCluster;

  private final Caller caller;

  StatusCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws IOException {
    Logging.off();
    if (ofCluster) {
      DrainwatchSettings settings = configuration.settings(caller);
      try (FabricCluster cluster = kubeconfig.cluster(settings, caller)) {
        return new ClusterStatus(caller, output.isJson()).print(cluster, cleaned(settings));
      }
    }
    if (kubeconfig.isNamed()) {
      throw new CommandStopped(ExitCode.USAGE, "--kubeconfig goes with --cluster only.");
    }
    return switch (StatusReading.read(
        configuration.settings(caller), Version.text(), caller.clock().instant())) {
      case StatusReading.FromDaemon(URI address, MaintenanceStatus status, ObjectNode json) -> {
        if (output.isJson()) {
          ObjectNode daemon = json.putObject("daemon");
          daemon.put("running", true).put("address", address.toString());
          caller.out().println(json);
        } else {
          new StatusText(caller.out())
              .print("running at " + address + ", version " + status.version(), status);
        }
        yield ExitCode.OK;
      }
      case StatusReading.FromRecord(String why, MaintenanceStatus status) -> {
        if (output.isJson()) {
          caller.out().println(notRunning(why, status));
        } else {
          new StatusText(caller.out()).print("not running; this is its record", status);
        }
        caller.complain("The daemon does not answer (" + why + ").");
        yield ExitCode.NO_DAEMON;
      }
      case StatusReading.Nothing(String why, String recordWhy) -> {
        if (output.isJson()) {
          caller.out().println("{\"daemon\":{\"running\":false}}");
        }
        caller.complain("The daemon does not answer (" + why + "). " + recordWhy);
        yield ExitCode.NO_DAEMON;
      }
    };
  }

  private static Optional<Scope> cleaned(DrainwatchSettings settings) {
    return settings.scaleDown().enabled()
        ? Optional.of(ConfiguredDrainer.scope(settings))
        : Optional.empty();
  }

  private static ObjectNode notRunning(String why, MaintenanceStatus status) throws IOException {
    ObjectNode json = (ObjectNode) StatusJson.readTree(StatusJson.write(status));
    json.putObject("daemon").put("running", false).put("why", why);
    return json;
  }
}
