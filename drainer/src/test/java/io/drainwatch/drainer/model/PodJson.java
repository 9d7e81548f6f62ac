package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.pods.Pinning;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.pods.PodVolume;
import java.util.List;
import java.util.Locale;

/** A pod as the server writes it. */
final class PodJson {
  private PodJson() {}

  static ObjectNode write(ModelPod pod) {
    PodFacts facts = pod.facts();
    ObjectNode out = ObjectJson.begun("Pod", "v1");
    metadata(out.putObject("metadata"), pod);
    spec(out.putObject("spec"), facts);
    ObjectNode status = out.putObject("status");
    status.put("phase", word(facts.phase()));
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", facts.ready() ? "True" : "False");
    return out;
  }

  private static void metadata(ObjectNode out, ModelPod pod) {
    PodFacts facts = pod.facts();
    out.put("name", facts.name())
        .put("namespace", facts.namespace())
        .put("uid", facts.uid())
        .put("resourceVersion", pod.resourceVersion());
    ObjectJson.put(out, "creationTimestamp", facts.createdAt());
    ObjectJson.put(out, "deletionTimestamp", facts.deletionTimestamp());
    pod.deletionGrace()
        .ifPresent(grace -> out.put("deletionGracePeriodSeconds", grace.toSeconds()));
    ObjectJson.put(out, "labels", facts.labels());
    ObjectJson.put(out, "annotations", facts.annotations());
    if (!facts.owners().isEmpty()) {
      ArrayNode owners = out.putArray("ownerReferences");
      facts
          .owners()
          .forEach(
              owner ->
                  owners
                      .addObject()
                      .put("apiVersion", owner.apiVersion())
                      .put("kind", owner.kind())
                      .put("name", owner.name())
                      .put("uid", owner.uid())
                      .put("controller", owner.isController()));
    }
    if (!facts.finalizers().isEmpty()) {
      facts.finalizers().forEach(out.putArray("finalizers")::add);
    }
  }

  private static void spec(ObjectNode out, PodFacts facts) {
    if (!facts.volumes().isEmpty()) {
      ArrayNode volumes = out.putArray("volumes");
      facts.volumes().forEach(volume -> volume(volumes.addObject(), volume));
    }
    out.putArray("containers").addObject().put("name", "main").put("image", "example/app:1");
    facts.grace().ifPresent(grace -> out.put("terminationGracePeriodSeconds", grace.toSeconds()));
    if (!facts.nodeName().isEmpty()) {
      out.put("nodeName", facts.nodeName());
    }
    out.put("priority", facts.priority());
    facts.priorityClassName().ifPresent(name -> out.put("priorityClassName", name));
    ObjectJson.put(out, "nodeSelector", facts.pinning().nodeSelector());
    if (!facts.pinning().terms().isEmpty()) {
      ArrayNode terms =
          out.putObject("affinity")
              .putObject("nodeAffinity")
              .putObject("requiredDuringSchedulingIgnoredDuringExecution")
              .putArray("nodeSelectorTerms");
      facts
          .pinning()
          .terms()
          .forEach(
              term -> {
                ObjectNode each = terms.addObject();
                requirements(each, "matchFields", term.fields());
                requirements(each, "matchExpressions", term.expressions());
              });
    }
    if (!facts.tolerations().isEmpty()) {
      ArrayNode tolerations = out.putArray("tolerations");
      facts
          .tolerations()
          .forEach(
              each -> {
                ObjectNode toleration = tolerations.addObject();
                put(toleration, "key", each.key());
                put(toleration, "operator", each.operator());
                put(toleration, "value", each.value());
                put(toleration, "effect", each.effect());
              });
    }
  }

  private static void requirements(
      ObjectNode term, String key, List<Pinning.Requirement> requirements) {
    if (!requirements.isEmpty()) {
      ArrayNode array = term.putArray(key);
      for (Pinning.Requirement each : requirements) {
        ObjectNode requirement =
            array.addObject().put("key", each.key()).put("operator", each.operator());
        each.values().forEach(requirement.putArray("values")::add);
      }
    }
  }

  private static void volume(ObjectNode out, PodVolume volume) {
    out.put("name", volume.name());
    switch (volume.kind()) {
      case EMPTY_DIR -> out.putObject("emptyDir");
      case CLAIM -> out.putObject("persistentVolumeClaim").put("claimName", volume.name());
      case EPHEMERAL_CLAIM -> out.putObject("ephemeral");
      case INLINE_DISK -> out.putObject("azureDisk").put("diskName", volume.name());
      case HOST_PATH -> out.putObject("hostPath").put("path", "/var/lib/" + volume.name());
      case CONFIGURATION -> out.putObject("configMap").put("name", volume.name());
      case OTHER -> out.putObject("nfs").put("server", "files").put("path", "/");
    }
  }

  private static String word(PodPhase phase) {
    String name = phase.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static void put(ObjectNode out, String key, String value) {
    if (!value.isEmpty()) {
      out.put(key, value);
    }
  }
}
