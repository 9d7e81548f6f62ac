package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionRequest;
import java.time.Duration;
import java.util.Optional;

/** Evictions and DELETEs as they are sent; always for one UID (I2), some for one version of it. */
final class PodRequestJson {
  private PodRequestJson() {}

  static Asked of(EvictionRequest.ForPod request) {
    EvictablePod pod = request.pod();
    String path = Asked.podPath(pod.namespace(), pod.name());
    return switch (request) {
      case EvictionRequest.Evict evict ->
          Asked.post(
              path + "/eviction",
              ApiJson.text(eviction(pod, request.onlyAtVersion(), evict.grace())),
              Asked.STATUS_BYTES);
      case EvictionRequest.Delete delete ->
          // answered with the pod as it was
          Asked.delete(
              path,
              ApiJson.text(options(pod, request.onlyAtVersion(), delete.grace(), true)),
              Asked.OBJECT_BYTES);
    };
  }

  /** Checked like an eviction, and nothing is changed (section 8, {@code dryRun=All}). */
  static Asked onTrial(EvictablePod pod) {
    ObjectNode eviction = eviction(pod, Optional.empty(), Optional.empty());
    eviction.withObject("/deleteOptions").putArray("dryRun").add("All");
    return Asked.post(
        Asked.podPath(pod.namespace(), pod.name()) + "/eviction",
        ApiJson.text(eviction),
        Asked.STATUS_BYTES);
  }

  private static ObjectNode eviction(
      EvictablePod pod, Optional<String> version, Optional<Duration> grace) {
    ObjectNode eviction =
        ApiJson.MAPPER.createObjectNode().put("apiVersion", "policy/v1").put("kind", "Eviction");
    // the namespace stands in the path, but webhooks need it here (section 8)
    eviction.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
    eviction.set("deleteOptions", options(pod, version, grace, false));
    return eviction;
  }

  private static ObjectNode options(
      EvictablePod pod, Optional<String> version, Optional<Duration> grace, boolean standsAlone) {
    ObjectNode options = ApiJson.MAPPER.createObjectNode();
    if (standsAlone) {
      options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    }
    ObjectNode preconditions = options.putObject("preconditions").put("uid", pod.uid());
    version.ifPresent(each -> preconditions.put("resourceVersion", each));
    grace.ifPresent(each -> options.put("gracePeriodSeconds", each.toSeconds()));
    return options;
  }
}
