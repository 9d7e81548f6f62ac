package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.scaledown.Attempts;
import io.drainwatch.drainer.scaledown.ScaleDownKeys;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A StatefulSet as the API gives it; no more of it is kept than its scale-down needs. */
final class SetReader {
  private SetReader() {}

  /** Empty: this is no set. */
  static Optional<SetFacts> read(JsonNode json) {
    Fields set = Fields.of(json);
    Fields metadata = set.at("metadata");
    Fields spec = set.at("spec");
    String uid = metadata.text("uid");
    String version = metadata.text("resourceVersion");
    String namespace = metadata.text("namespace");
    String name = metadata.text("name");
    if (uid.isBlank() || version.isBlank() || namespace.isBlank() || name.isBlank()) {
      return Optional.empty();
    }
    Map<String, String> annotations = metadata.map("annotations");
    Fields retention = spec.at("persistentVolumeClaimRetentionPolicy");
    return Optional.of(
        new SetFacts(
            new SetId(namespace, name, uid),
            version,
            template(annotations),
            ScaleDownKeys.SKIP.equals(annotations.get(ScaleDownKeys.SCALE_DOWN)),
            metadata.texts("finalizers"),
            metadata.moment("deletionTimestamp").isPresent(),
            whole(spec.at("ordinals"), "start", 0),
            whole(spec, "replicas", 1),
            spec.text("podManagementPolicy").equals("Parallel"),
            new SetFacts.Retention(
                retention.text("whenScaled").equals("Delete"),
                retention.text("whenDeleted").equals("Delete")),
            selector(spec),
            spec.list("volumeClaimTemplates").stream()
                .map(each -> each.at("metadata").text("name"))
                .filter(each -> !each.isEmpty())
                .toList(),
            podDefaults(json.path("spec").path("template").path("spec")),
            Attempts.of(annotations.getOrDefault(ScaleDownKeys.ATTEMPTS, ""))));
  }

  /** Ours counts where it is there at all, even empty: so it switches the other one off. */
  private static Optional<SetFacts.Template> template(Map<String, String> annotations) {
    boolean isLegacy = !annotations.containsKey(ScaleDownKeys.TEMPLATE);
    String key = isLegacy ? ScaleDownKeys.LEGACY_TEMPLATE : ScaleDownKeys.TEMPLATE;
    return Optional.ofNullable(annotations.get(key))
        .filter(text -> !text.isBlank())
        .map(text -> new SetFacts.Template(text, isLegacy));
  }

  private static int whole(Fields fields, String key, int otherwise) {
    return (int) Math.clamp(fields.number(key).orElse(otherwise), 0, Integer.MAX_VALUE);
  }

  private static Optional<LabelSelector> selector(Fields spec) {
    Fields selector = spec.at("selector");
    List<LabelSelector.Requirement> requirements = new ArrayList<>();
    try {
      for (Fields each : selector.list("matchExpressions")) {
        requirements.add(
            new LabelSelector.Requirement(
                each.text("key"), operator(each.text("operator")), each.texts("values")));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // of a version that we do not know
    }
    return Optional.of(new LabelSelector(selector.map("matchLabels"), requirements));
  }

  private static LabelSelector.Operator operator(String word) {
    return switch (word) {
      case "In" -> LabelSelector.Operator.IN;
      case "NotIn" -> LabelSelector.Operator.NOT_IN;
      case "Exists" -> LabelSelector.Operator.EXISTS;
      case "DoesNotExist" -> LabelSelector.Operator.DOES_NOT_EXIST;
      default -> throw new IllegalArgumentException("operator " + Line.cut(word, 40));
    };
  }

  private static Map<String, String> podDefaults(JsonNode podSpec) {
    Map<String, String> defaults = new HashMap<>();
    for (String field : SetFacts.POD_DEFAULTS) {
      JsonNode value = podSpec.path(field);
      if (value.isContainerNode() && !value.isEmpty()) {
        defaults.put(field, ApiJson.text(value));
      }
    }
    return defaults;
  }
}
