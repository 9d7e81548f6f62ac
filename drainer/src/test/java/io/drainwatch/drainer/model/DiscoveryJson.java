package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What the server says it can do. */
final class DiscoveryJson {
  private static final List<String> GROUPS =
      List.of("policy", "coordination.k8s.io", "events.k8s.io", "storage.k8s.io", "apps", "batch");

  private DiscoveryJson() {}

  /** Empty: this path is not about that. */
  static Optional<ObjectNode> at(String path, boolean knowsEvictions) {
    return switch (path) {
      case "/version" ->
          Optional.of(
              RequestJson.MAPPER
                  .createObjectNode()
                  .put("major", "1")
                  .put("minor", "35")
                  .put("gitVersion", "v1.35.0")
                  .put("platform", "linux/amd64"));
      case "/api" -> Optional.of(versions());
      case "/apis" -> Optional.of(groups());
      case "/api/v1" -> Optional.of(core(knowsEvictions));
      case "/apis/policy/v1" ->
          Optional.of(group("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget", true));
      case "/apis/coordination.k8s.io/v1" ->
          Optional.of(group("coordination.k8s.io/v1", "leases", "Lease", true));
      case "/apis/events.k8s.io/v1" ->
          Optional.of(group("events.k8s.io/v1", "events", "Event", true));
      case "/apis/storage.k8s.io/v1" ->
          Optional.of(group("storage.k8s.io/v1", "volumeattachments", "VolumeAttachment", false));
      default -> Optional.empty();
    };
  }

  private static ObjectNode versions() {
    ObjectNode out = RequestJson.MAPPER.createObjectNode().put("kind", "APIVersions");
    out.putArray("versions").add("v1");
    return out;
  }

  private static ObjectNode groups() {
    ObjectNode out = ObjectJson.begun("APIGroupList", "v1");
    ArrayNode groups = out.putArray("groups");
    for (String name : GROUPS) {
      ObjectNode group = groups.addObject().put("name", name);
      group.putArray("versions").addObject().put("groupVersion", name + "/v1").put("version", "v1");
      group.putObject("preferredVersion").put("groupVersion", name + "/v1").put("version", "v1");
    }
    return out;
  }

  private static ObjectNode core(boolean knowsEvictions) {
    ObjectNode out = ObjectJson.begun("APIResourceList", "v1").put("groupVersion", "v1");
    ArrayNode resources = out.putArray("resources");
    resource(resources, "nodes", "Node", false);
    resource(resources, "nodes/status", "Node", false);
    resource(resources, "pods", "Pod", true);
    if (knowsEvictions) {
      resource(resources, "pods/eviction", "Eviction", true)
          .put("group", "policy")
          .put("version", "v1");
    }
    return out;
  }

  private static ObjectNode group(String version, String plural, String kind, boolean namespaced) {
    ObjectNode out = ObjectJson.begun("APIResourceList", "v1").put("groupVersion", version);
    resource(out.putArray("resources"), plural, kind, namespaced);
    return out;
  }

  private static ObjectNode resource(
      ArrayNode resources, String name, String kind, boolean namespaced) {
    ObjectNode out = resources.addObject().put("name", name).put("singularName", "");
    out.put("namespaced", namespaced).put("kind", kind);
    List.of("create", "delete", "get", "list", "patch", "update", "watch")
        .forEach(out.putArray("verbs")::add);
    return out;
  }
}
