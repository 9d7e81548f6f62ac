package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.scaledown.NodeStanding;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A Node as the clean-up behind StatefulSets sees it. */
final class NodeStandingReader {
  private static final Set<String> OF_A_MAINTENANCE =
      Set.of("node.kubernetes.io/unschedulable", NodeKeys.TAINT);

  private NodeStandingReader() {}

  /** Empty: this is no Node. */
  static Optional<NodeStanding> read(JsonNode json) {
    Fields node = Fields.of(json);
    Fields metadata = node.at("metadata");
    Fields spec = node.at("spec");
    String name = metadata.text("name");
    if (name.isBlank()) {
      return Optional.empty();
    }
    boolean isOurs = metadata.map("annotations").containsKey(NodeKeys.RECORD);
    return Optional.of(
        new NodeStanding(
            name,
            isOurs && spec.flag("unschedulable"),
            spec.list("taints").stream()
                .filter(each -> each.text("effect").equals("NoSchedule"))
                .map(each -> each.text("key"))
                .filter(key -> !key.isEmpty() && !OF_A_MAINTENANCE.contains(key))
                .collect(Collectors.toSet())));
  }
}
