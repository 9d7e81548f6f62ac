package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.OperatorOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "drain",
    description = {
      "Takes the machine out of service by hand, the same way as for an event.",
      "The running daemon does it. Nothing is acknowledged. `drainwatch resume` brings it back.",
      "With NODE and --dry-run: shows what a drain of that Node of a cluster would meet, pod by pod,",
      "by evictions that change nothing. Needs the right to create pods/eviction to predict answers."
    },
    footer = {
      "",
      "Example: drainwatch drain --within 10m --wait",
      "Example: drainwatch drain aks-pool1-0 --dry-run --kubeconfig ~/.kube/config",
      "",
      "Exit codes: 0 begun (--wait: drained), 1 refused, or it failed, 2 wrong arguments,"
          + " 3 faulty configuration, 6 the daemon does not answer.",
      "With --dry-run: 0 all that have to go could go, 1 something holds the drain up or cannot be predicted, or there is"
          + " no such Node, 2 wrong arguments, 3 faulty configuration, 6 the cluster does not"
          + " answer."
    })
final class DrainCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NODE",
      description = "A Node of a cluster, together with --dry-run only")
  private @Nullable String node;

  @Option(names = "--dry-run", description = "With NODE: shows, and changes nothing")
  private boolean dryRun;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = EventTypeText.class,
      description = "The event that it is treated as. Default: Reboot")
  private @Nullable EventKind type;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "What is not drained by then is left, such as 10m. Default: no deadline")
  private @Nullable Duration within;

  @Option(names = "--wait", description = "Waits until it is drained and tells how it goes on")
  private boolean wait;

  private final Caller caller;

  DrainCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.off();
    refuseWhatDoesNotGoTogether();
    if (node != null) {
      return preview(node);
    }
    OperatorOrder order =
        OperatorOrder.drain(
            Optional.ofNullable(type).map(EventKind::word), Optional.ofNullable(within));
    return new OrderToDaemon(caller, output.isJson())
        .give(configuration.settings(caller), order, wait, "The drain has begun.");
  }

  private int preview(String name) {
    DrainwatchSettings settings = configuration.settings(caller);
    String holder = "preview/" + ProcessHandle.current().pid();
    try (FabricCluster cluster = kubeconfig.cluster(settings, caller)) {
      return new DrainPreview(
              caller, cluster, ConfiguredNode.settings(settings, holder, false), output.isJson())
          .print(name, type == null ? EventKind.REBOOT : type);
    }
  }

  private void refuseWhatDoesNotGoTogether() {
    if (node == null && dryRun) {
      throw usage("--dry-run needs a NODE: drainwatch drain NODE --dry-run.");
    }
    if (node == null && kubeconfig.isNamed()) {
      throw usage("--kubeconfig goes with NODE and --dry-run only.");
    }
    if (node != null && node.isBlank()) {
      throw usage("NODE is empty.");
    }
    if (node != null && !dryRun) {
      throw usage(
          "A NODE is only looked at, with --dry-run; nothing was done. For a real drain by hand:"
              + " kubectl drain NODE. For a whole rehearsal on it: drainwatch rehearse --node NODE."
              + " This machine, by its daemon: drainwatch drain without NODE.");
    }
    if (node != null && (wait || within != null)) {
      throw usage("--wait and --within do not go with NODE: nothing is drained.");
    }
  }

  private static CommandStopped usage(String sentence) {
    return new CommandStopped(ExitCode.USAGE, sentence);
  }
}
