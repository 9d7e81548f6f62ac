package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodPhase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether another pod of our Deployment is ready on another Node, which itself is to stay (K81): a
 * replica has our labels and a controller like ours. Whatever cannot be known is no. Takes a few
 * requests, so a few seconds.
 */
public final class OtherReplica implements BooleanSupplier {
  private static final int MOST_NODES = 3;

  /** Another for each version of the Deployment. */
  private static final String TEMPLATE = "pod-template-hash";

  private final Optional<String> ownUid;
  private final Supplier<PodListing> namespace;
  private final Function<String, NodeReading> nodes;

  /**
   * @param ownUid of our pod; empty: we are none, and there are no replicas
   * @param namespace lists the pods of our namespace
   */
  public OtherReplica(
      Optional<String> ownUid,
      Supplier<PodListing> namespace,
      Function<String, NodeReading> nodes) {
    this.ownUid = ownUid;
    this.namespace = namespace;
    this.nodes = nodes;
  }

  @Override
  public boolean getAsBoolean() {
    return ownUid
        .filter(
            uid ->
                namespace.get() instanceof PodListing.Complete all
                    && nodesOfOthers(all.pods(), uid).stream()
                        .limit(MOST_NODES)
                        .map(nodes)
                        .anyMatch(OtherReplica::isToStay))
        .isPresent();
  }

  static List<String> nodesOfOthers(List<PodFacts> pods, String ownUid) {
    Optional<PodFacts> own = pods.stream().filter(pod -> pod.uid().equals(ownUid)).findFirst();
    return own.filter(pod -> pod.controller().isPresent() && !role(pod).isEmpty())
        .map(
            ours ->
                pods.stream()
                    .filter(pod -> isReady(pod) && isAlike(pod, ours))
                    .map(PodFacts::nodeName)
                    .filter(node -> !node.isEmpty() && !node.equals(ours.nodeName()))
                    .distinct()
                    .toList())
        .orElse(List.of());
  }

  private static boolean isReady(PodFacts pod) {
    return pod.ready() && pod.phase() == PodPhase.RUNNING && !pod.isTerminating();
  }

  private static boolean isAlike(PodFacts pod, PodFacts ours) {
    return role(pod).equals(role(ours))
        && pod.controller()
            .map(owner -> owner.kind().equals(ours.controller().orElseThrow().kind()))
            .orElse(false);
  }

  private static Map<String, String> role(PodFacts pod) {
    Map<String, String> labels = new TreeMap<>(pod.labels());
    labels.remove(TEMPLATE);
    return labels;
  }

  // else the leadership would go to and fro between two that both have to go
  private static boolean isToStay(NodeReading reading) {
    return reading instanceof NodeReading.Found(NodeFacts node)
        && node.readiness().ready()
        && !node.unschedulable()
        && !NodeCard.of(node, Optional.empty(), DrainSafeMode.OFF).needsFold();
  }
}
