package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.OutsideAcknowledgement;
import io.drainwatch.watcher.azure.Trouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "acknowledge",
    description = {
      "Acknowledges the events of a Node in place of its watcher that is gone, through Resource"
          + " Manager.",
      "Only what the record on the Node lists as drained and allowed. It cannot be taken back."
    },
    footer = {
      "",
      "Example: drainwatch azure acknowledge --node aks-pool1-0",
      "",
      "Exit codes: 0 acknowledged, 1 refused, or Azure did not take it, 2 wrong arguments, 3 faulty"
          + " configuration, 6 Azure or the cluster does not answer."
    })
final class AzureAcknowledgeCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();
  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Option(names = "--node", paramLabel = "NODE", required = true, description = "The Node")
  private String node = "";

  @Option(names = "--yes", description = "Does not ask")
  private boolean yes;

  private final Caller caller;

  AzureAcknowledgeCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    try (FabricCluster cluster = kubeconfig.cluster(configuration.settings(caller), caller);
        AzureResources resources = azure.open(caller, configuration)) {
      OutsideAcknowledgement.Send first = judged(cluster);
      ask(first);
      // a watcher may have come back, or the event be over, while somebody thought about it
      OutsideAcknowledgement.Send send = judged(cluster);
      for (String event : send.events()) {
        switch (resources.acknowledge(send.of(), event)) {
          case AzureAnswer.NotTold<String>(Trouble trouble) -> throw AzureOption.stopped(trouble);
          case AzureAnswer.Told<String>(String said) ->
              caller.out().println(Lines.plain("Acknowledged " + event + ": " + said));
        }
      }
      return ExitCode.OK;
    }
  }

  private OutsideAcknowledgement.Send judged(FabricCluster cluster) {
    NodeFacts facts =
        switch (cluster.readNode(node)) {
          case NodeReading.Found(NodeFacts found) -> found;
          case NodeReading.Gone() ->
              throw new CommandStopped(ExitCode.FAILED, "There is no Node " + node + ".");
          case NodeReading.Unknown(String why) ->
              throw new CommandStopped(
                  ExitCode.NO_DAEMON, "The Node " + node + " cannot be read: " + why);
        };
    return switch (OutsideAcknowledgement.of(facts, caller.clock().instant())) {
      case OutsideAcknowledgement.Send send -> send;
      case OutsideAcknowledgement.Refused(String sentence) ->
          throw new CommandStopped(
              ExitCode.FAILED, Lines.plain(sentence) + " Nothing was acknowledged.");
    };
  }

  private void ask(OutsideAcknowledgement.Send send) {
    if (yes) {
      return;
    }
    if (!caller.person().isThere()) {
      throw AzureTarget.usage("Nobody is there to be asked: say --yes.");
    }
    String question =
        "Let Azure go ahead with " + String.join(", ", send.events()) + " of " + send.of().words();
    if (!caller.person().agrees(Lines.plain(question + "?"))) {
      throw new CommandStopped(ExitCode.FAILED, "Nothing was acknowledged.");
    }
  }
}
