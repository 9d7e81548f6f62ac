package io.drainwatch.drainer.scaledown;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.pods.LabelSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clean-up pod, made from the template in the set's annotation (scale-down.md, section 3).
 *
 * <p>It has no ownerReference: a foreground deletion of the set would delete it.
 */
final class CleanupPodJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int LONGEST_TEXT = 120;

  private final SetFacts set;
  private final SetFacts.Template template;
  private final JsonNode pod;

  private CleanupPodJson(SetFacts set, SetFacts.Template template, JsonNode pod) {
    this.set = set;
    this.template = template;
    this.pod = pod;
  }

  /** What came of reading a template. */
  sealed interface Reading {
    record Usable(CleanupPodJson pods) implements Reading {}

    /**
     * @param why for people, one line
     */
    record Unusable(String why) implements Reading {}
  }

  /** Thrown and caught here: a template has many ways to be none. */
  private static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String why) {
      super(why);
    }
  }

  static Reading read(SetFacts set) {
    try {
      SetFacts.Template template =
          set.template().orElseThrow(() -> new UnusableException("there is none"));
      CleanupPodJson pods = new CleanupPodJson(set, template, parsed(template.text()));
      pods.check();
      return new Reading.Usable(pods);
    } catch (UnusableException e) {
      return new Reading.Unusable(String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode parsed(String text) throws UnusableException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new UnusableException("it is no JSON (line " + line + ")");
    }
  }

  private void check() throws UnusableException {
    require(pod.isObject(), "it is no JSON object");
    JsonNode kind = pod.path("kind");
    require(kind.isMissingNode() || kind.asText().equals("Pod"), "its kind is not Pod");
    JsonNode metadata = pod.path("metadata");
    require(metadata.isMissingNode() || metadata.isObject(), "metadata is no object");
    texts("labels");
    texts("annotations");
    JsonNode spec = pod.path("spec");
    require(spec.isObject(), "it has no spec: it is no pod");
    JsonNode containers = spec.path("containers");
    require(containers.isArray() && !containers.isEmpty(), "spec.containers is no list of any");
    for (JsonNode container : containers) {
      require(container.isObject(), "spec.containers has something that is no container");
    }
    JsonNode restart = spec.path("restartPolicy");
    require(
        isAbsent(restart) || restart.asText().equals("OnFailure"),
        "spec.restartPolicy must be OnFailure, not " + cut(restart.asText()));
    require(
        isAbsent(spec.path("nodeName")),
        "spec.nodeName goes past the scheduler, and so on a Node under maintenance");
    for (String list : new String[] {"volumes", "tolerations"}) {
      require(
          isAbsent(spec.path(list)) || spec.path(list).isArray(), "spec." + list + " is no list");
    }
    LabelSelector selector =
        set.selector()
            .orElseThrow(() -> new UnusableException("the set's selector cannot be understood"));
    Map<String, String> labels = new HashMap<>();
    metadata(0, 0)
        .path("labels")
        .properties()
        .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
    require(
        !selector.matches(labels),
        "the set's selector matches its labels: the set would take the pod for its own (D12)");
  }

  private void texts(String field) throws UnusableException {
    JsonNode map = pod.path("metadata").path(field);
    require(isAbsent(map) || map.isObject(), "metadata." + field + " is no object");
    for (JsonNode value : map) {
      require(value.isTextual(), "metadata." + field + " has a value that is no text");
    }
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static void require(boolean holds, String otherwise) throws UnusableException {
    if (!holds) {
      throw new UnusableException(otherwise);
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }

  /** What the pods are made from. */
  Fingerprint madeFrom() {
    return Fingerprint.of(pod, set.podDefaults());
  }

  String pod(int ordinal, int attempt, NodesAround nodes) {
    ObjectNode made = MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    made.set("metadata", metadata(ordinal, attempt));
    made.set("spec", spec(ordinal, nodes));
    return made.toString();
  }

  // of the template's metadata only labels and annotations: a finalizer or an owner of its would
  // keep the pod, or have it deleted
  private ObjectNode metadata(int ordinal, int attempt) {
    String name = set.podName(ordinal);
    ObjectNode metadata = MAPPER.createObjectNode();
    metadata.put("name", name).put("namespace", set.id().namespace());
    ObjectNode labels = metadata.putObject("labels");
    copied("labels").ifPresent(labels::setAll);
    labels.put(ScaleDownKeys.POD, name);
    if (template.isLegacy()) {
      labels.put(ScaleDownKeys.LEGACY_POD, name);
    }
    if (!labels.has(ScaleDownKeys.DRAIN)) {
      labels.put(ScaleDownKeys.DRAIN, ScaleDownKeys.WAIT_COMPLETED);
    }
    ObjectNode annotations = metadata.putObject("annotations");
    copied("annotations").ifPresent(annotations::setAll);
    annotations
        .put(ScaleDownKeys.OWNER, set.id().name())
        .put(ScaleDownKeys.OWNER_UID, set.id().uid())
        .put(ScaleDownKeys.ATTEMPT, String.valueOf(attempt))
        .put(ScaleDownKeys.MADE_FROM, madeFrom().text());
    return metadata;
  }

  private Optional<ObjectNode> copied(String field) {
    return pod.path("metadata").path(field) instanceof ObjectNode map
        ? Optional.of(map.deepCopy())
        : Optional.empty();
  }

  private ObjectNode spec(int ordinal, NodesAround nodes) {
    ObjectNode spec = pod.path("spec").deepCopy();
    if (isAbsent(spec.path("restartPolicy"))) {
      spec.put("restartPolicy", "OnFailure");
    }
    set.podDefaults()
        .forEach(
            (field, json) -> {
              if (isAbsent(spec.path(field))) {
                spec.set(field, tree(json));
              }
            });
    if (spec.path("tolerations") instanceof ArrayNode tolerations) {
      spec.set("tolerations", TolerationsJson.narrowed(tolerations, nodes.taints()));
    }
    spec.set("volumes", volumes(spec.path("volumes"), ordinal));
    return spec;
  }

  private ArrayNode volumes(JsonNode given, int ordinal) {
    ArrayNode volumes = MAPPER.createArrayNode();
    for (String claimTemplate : set.claimTemplates()) {
      volumes
          .addObject()
          .put("name", claimTemplate)
          .putObject("persistentVolumeClaim")
          .put("claimName", ClaimNames.name(claimTemplate, set.id().name(), ordinal));
    }
    for (JsonNode volume : given) {
      if (!set.claimTemplates().contains(volume.path("name").asText(""))) {
        volumes.add(volume);
      }
    }
    return volumes;
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON is JSON", e);
    }
  }
}
