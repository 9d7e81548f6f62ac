package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.ApiStatus;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodeCondition;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodeReadiness;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.NodeRecordJson;
import io.drainwatch.drainer.nodes.NodeTaint;
import io.drainwatch.drainer.pods.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What an API server keeps of one Node, as a value: the Node, its pods, one budget over the second
 * of them.
 *
 * @param budgetOpen whether the budget lets its pod go
 */
record SmallServer(NodeFacts node, List<SmallPod> pods, boolean budgetOpen) {
  static final String NODE = "node-1";
  static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final Duration STOPS_IN = Duration.ofSeconds(2);

  SmallServer {
    pods = List.copyOf(pods);
  }

  static SmallServer at(Instant now, boolean budgetOpen) {
    NodeFacts node =
        new NodeFacts(
            NODE,
            "uid-of-node",
            "1",
            false,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            new NodeReadiness(true, Optional.of(now), Optional.of(now)),
            "boot-1");
    return new SmallServer(
        node, List.of(SmallPod.named("web"), SmallPod.behindTheBudget("db")), budgetOpen);
  }

  SmallServer with(NodeFacts changed) {
    return new SmallServer(changed, pods, budgetOpen);
  }

  private SmallServer with(List<SmallPod> changed) {
    return new SmallServer(node, changed, budgetOpen);
  }

  SmallServer withBudgetOpen(boolean isOpen) {
    return new SmallServer(node, pods, isOpen);
  }

  SmallServer withPod(SmallPod pod) {
    List<SmallPod> more = new ArrayList<>(pods);
    more.add(pod);
    return with(more);
  }

  List<PodFacts> podFacts() {
    return pods.stream().map(SmallPod::facts).toList();
  }

  /** A change by whoever it is. */
  SmallServer withNode(
      boolean unschedulable,
      Map<String, String> annotations,
      List<NodeTaint> taints,
      List<NodeCondition> conditions) {
    return with(
        new NodeFacts(
            node.name(),
            node.uid(),
            nextVersion(),
            unschedulable,
            node.labels(),
            annotations,
            taints,
            conditions,
            node.readiness(),
            node.bootId()));
  }

  SmallServer cordoned(boolean isCordoned) {
    return withNode(isCordoned, node.annotations(), node.taints(), node.conditions());
  }

  SmallServer withoutAnnotation(String key) {
    Map<String, String> fewer = new TreeMap<>(node.annotations());
    fewer.remove(key);
    return withNode(node.unschedulable(), fewer, node.taints(), node.conditions());
  }

  /** Somebody has cordoned it, and left a record of another Node there that was drained. */
  SmallServer withForeignRecord(NodeRecord record) {
    return withNode(
        true, Map.of(NodeKeys.RECORD, NodeRecordJson.write(record)), List.of(), List.of());
  }

  /** Somebody makes the Node anew, with the annotations that he had kept. */
  SmallServer recreated() {
    return with(
        new NodeFacts(
            node.name(),
            node.uid() + "-anew",
            nextVersion(),
            false,
            node.labels(),
            node.annotations(),
            List.of(),
            List.of(),
            node.readiness(),
            node.bootId()));
  }

  /** The kubelet tells that it is there. */
  SmallServer beating(Instant now, String bootId) {
    return with(
        new NodeFacts(
            node.name(),
            node.uid(),
            nextVersion(),
            node.unschedulable(),
            node.labels(),
            node.annotations(),
            node.taints(),
            node.conditions(),
            new NodeReadiness(true, node.readiness().changedAt(), Optional.of(now)),
            bootId));
  }

  private String nextVersion() {
    return String.valueOf(Long.parseLong(node.resourceVersion()) + 1);
  }

  /** What came of a request: the server after it, and its answer. */
  record Done<T>(SmallServer server, T answer) {}

  Done<WriteAnswer> patch(NodePatch patch) {
    if (!patch.resourceVersion().equals(node.resourceVersion())) {
      return new Done<>(this, new WriteAnswer.Conflict());
    }
    Map<String, String> annotations = new TreeMap<>(node.annotations());
    patch
        .annotations()
        .forEach(
            (key, value) ->
                value.ifPresentOrElse(
                    text -> annotations.put(key, text), () -> annotations.remove(key)));
    return written(
        withNode(
            patch.unschedulable().orElse(node.unschedulable()),
            annotations,
            patch.taints().orElse(node.taints()),
            node.conditions()));
  }

  Done<WriteAnswer> patch(ConditionPatch patch) {
    if (!patch.resourceVersion().equals(node.resourceVersion())) {
      return new Done<>(this, new WriteAnswer.Conflict());
    }
    List<NodeCondition> conditions = new ArrayList<>(node.conditions());
    conditions.removeIf(
        each ->
            patch.remove().contains(each.type())
                || patch.set().stream().anyMatch(set -> set.type() == each.type()));
    conditions.addAll(patch.set());
    return written(withNode(node.unschedulable(), node.annotations(), node.taints(), conditions));
  }

  private static Done<WriteAnswer> written(SmallServer after) {
    return new Done<>(after, new WriteAnswer.Done(after.node));
  }

  Done<EvictionAnswer> send(EvictionRequest.ForPod request, Instant now) {
    Optional<SmallPod> found =
        pods.stream().filter(pod -> pod.facts().name().equals(request.pod().name())).findFirst();
    if (found.isEmpty()) {
      return refused(404, "NotFound", "pods not found", "pods", request.pod().name());
    }
    SmallPod pod = found.get();
    boolean isEviction = request instanceof EvictionRequest.Evict;
    if (isEviction && pod.hasBudget() && !pod.facts().isTerminating() && !budgetOpen) {
      return new Done<>(
          this,
          http(
              new ApiStatus(
                  "Failure",
                  "TooManyRequests",
                  429,
                  "Cannot evict pod as it would violate the pod's disruption budget.",
                  "",
                  "",
                  OptionalInt.empty(),
                  List.of(
                      new ApiStatus.Cause(
                          "DisruptionBudget",
                          "The disruption budget db needs 1 healthy pods and has 1 currently")))));
    }
    if (!pod.facts().uid().equals(request.pod().uid())) {
      return refused(409, "Conflict", "the UID in the precondition does not match", "pods", "");
    }
    SmallServer after =
        pod.facts().isTerminating()
            ? this
            : withPodAs(pod, before -> before.terminating(now, now.plus(STOPS_IN)));
    return new Done<>(
        after,
        isEviction
            ? http(status("Success", "", 201, "", "", ""))
            : new EvictionAnswer.Http(200, new EvictionAnswer.Body.OtherJson(), Optional.empty()));
  }

  /** What the server would say. */
  EvictionAnswer tried(EvictablePod pod) {
    return send(new EvictionRequest.Evict(pod, 1, Optional.empty()), Instant.EPOCH).answer();
  }

  private SmallServer withPodAs(SmallPod pod, UnaryOperator<SmallPod> change) {
    return with(pods.stream().map(each -> each.equals(pod) ? change.apply(each) : each).toList());
  }

  private Done<EvictionAnswer> refused(
      int code, String reason, String message, String kind, String name) {
    return new Done<>(this, http(status("Failure", reason, code, message, kind, name)));
  }

  private static ApiStatus status(
      String status, String reason, int code, String message, String kind, String name) {
    return new ApiStatus(status, reason, code, message, kind, name, OptionalInt.empty(), List.of());
  }

  private static EvictionAnswer http(ApiStatus status) {
    return new EvictionAnswer.Http(
        status.code(), new EvictionAnswer.Body.StatusBody(status), Optional.empty());
  }

  /** Pods whose time has come are no more. */
  SmallServer at(Instant now) {
    List<SmallPod> left =
        pods.stream().filter(pod -> pod.endsAt().filter(at -> !at.isAfter(now)).isEmpty()).toList();
    return left.size() == pods.size() ? this : with(left);
  }

  /** When something happens here without a request. */
  Optional<Instant> nextDue() {
    return pods.stream().flatMap(pod -> pod.endsAt().stream()).min(Instant::compareTo);
  }
}
