package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.NodesListing;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.VmFate;
import io.drainwatch.watcher.clusterview.FleetStanding;
import io.drainwatch.watcher.clusterview.NodeStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "nodes",
    description = {
      "For each Node that has a maintenance: what became of its VM. So one knows for which of them"
          + " nobody need wait.",
      "Changes nothing."
    },
    footer = {
      "",
      "Example: drainwatch azure nodes --kubeconfig ~/.kube/config",
      "",
      "Exit codes: 0 all of them run or are on their way, 1 one is stopped, deleted, failed or not"
          + " told of, 2 wrong arguments, 3 faulty configuration, 6 the cluster does not answer."
    })
final class AzureNodesCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();
  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();
  @Mixin private OutputOption output = new OutputOption();

  private final Caller caller;

  AzureNodesCommand(Caller caller) {
    this.caller = caller;
  }

  private record Line(NodeStanding node, VmFate fate, String why) {}

  @Override
  public Integer call() {
    Logging.off();
    List<Line> lines = new ArrayList<>();
    try (FabricCluster cluster = kubeconfig.cluster(configuration.settings(caller), caller);
        AzureResources resources = azure.open(caller, configuration)) {
      List<NodeFacts> nodes =
          switch (cluster.listNodes()) {
            case NodesListing.Complete(List<NodeFacts> all) -> all;
            case NodesListing.Failed(String why) ->
                throw new CommandStopped(
                    ExitCode.NO_DAEMON, "The cluster does not tell its Nodes: " + why);
          };
      for (NodeFacts node : nodes) {
        FleetStanding.of(List.of(node), caller.clock().instant()).nodes().stream()
            .findFirst()
            .ifPresent(standing -> lines.add(look(resources, node, standing)));
      }
    }
    print(lines);
    return lines.stream().allMatch(AzureNodesCommand::isWell) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static boolean isWell(Line line) {
    return !line.fate().needsSomebody() && line.fate() != VmFate.NOT_TOLD;
  }

  private static Line look(AzureResources resources, NodeFacts node, NodeStanding standing) {
    Optional<ResourceId> id = ResourceId.parse(node.providerId());
    if (id.isEmpty()) {
      return new Line(standing, VmFate.NOT_TOLD, "the Node does not tell which VM of Azure it is");
    }
    AzureAnswer<AzureVm> answer = resources.vm(id.get());
    VmFate fate = VmFate.of(answer);
    return new Line(
        standing,
        fate,
        fate == VmFate.NOT_TOLD
            ? answer.problem().map(each -> each.sentence()).orElse("its power state is not told")
            : "");
  }

  private void print(List<Line> lines) {
    if (output.isJson()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      lines.forEach(
          line ->
              list.addObject()
                  .put("node", line.node().node())
                  .put("state", state(line.node()))
                  .put("vm", line.fate().name().toLowerCase(java.util.Locale.ROOT))
                  .put("needs_somebody", line.fate().needsSomebody())
                  .put("why", line.why()));
      caller.out().println(list);
      return;
    }
    lines.forEach(
        line ->
            caller
                .out()
                .println(
                    Lines.plain(
                        line.node().node()
                            + " ("
                            + state(line.node())
                            + "): the VM "
                            + line.fate().words()
                            + (line.why().isEmpty() ? "" : ": " + line.why()))));
  }

  private static String state(NodeStanding node) {
    return node.record().map(record -> record.progress().state().word()).orElse("no record");
  }
}
