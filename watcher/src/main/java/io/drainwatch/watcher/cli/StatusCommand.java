package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.StatusReading;
import java.io.IOException;
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
      "With --watch: asks each second, shows what is left of the time, and goes on when the daemon"
          + " is started anew. NO_COLOR and TERM=dumb are heeded.",
      "With --cluster: the Nodes of a cluster that have a maintenance, by their annotations; and,"
          + " with scale-down.enabled, the clean-up behind StatefulSets."
    },
    footer = {
      "",
      "Example: drainwatch status --output json",
      "Example: drainwatch status --watch",
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

  @Option(
      names = {"-w", "--watch"},
      description =
          "Goes on until Ctrl-C: on a terminal one picture that stays true, else what changed")
  private boolean isWatched;

  private final Caller caller;

  StatusCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.off();
    if (ofCluster && isWatched) {
      throw new CommandStopped(
          ExitCode.USAGE,
          "--watch is for this machine: to read all Nodes again and again is too much to ask of a"
              + " cluster.");
    }
    if (ofCluster) {
      DrainwatchSettings settings = configuration.settings(caller);
      try (FabricCluster cluster = kubeconfig.cluster(settings, caller)) {
        return new ClusterStatus(caller, output.isJson()).print(cluster, cleaned(settings));
      }
    }
    if (kubeconfig.isNamed()) {
      throw new CommandStopped(ExitCode.USAGE, "--kubeconfig goes with --cluster only.");
    }
    DrainwatchSettings settings = configuration.settings(caller);
    if (isWatched) {
      return new StatusWatch(caller, output.isJson()).of(settings);
    }
    return new StatusPrinter(caller, output.isJson())
        .print(StatusReading.read(settings, Version.text(), caller.clock().instant()));
  }

  private static Optional<Scope> cleaned(DrainwatchSettings settings) {
    return settings.scaleDown().enabled()
        ? Optional.of(ConfiguredDrainer.scope(settings))
        : Optional.empty();
  }
}
