package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.nodes.Announcement;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeTaint;
import io.drainwatch.drainer.pods.Pinning;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodOwner;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.pods.PodVolume;
import io.drainwatch.drainer.pods.Toleration;
import io.drainwatch.drainer.pods.VolumeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pods and Nodes as the API gives them, and as nobody should. */
class ReadersTest {
  private static JsonNode json(String text) {
    return ApiJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  static final String POD =
      """
      {"metadata":{"name":"web-0","namespace":"shop","uid":"u1","resourceVersion":"5",
        "creationTimestamp":"2026-02-02T09:00:00Z","deletionTimestamp":"2026-02-02T10:00:30+01:00",
        "annotations":{"a":"1"},"labels":{"app":"web"},"finalizers":["x/y"],
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"web","uid":"o1",
          "controller":true},{"apiVersion":"v1","kind":"ConfigMap","name":"c","uid":"o2"}]},
       "spec":{"nodeName":"n1","terminationGracePeriodSeconds":45,"priority":2000001000,
        "priorityClassName":"system-node-critical","nodeSelector":{"kubernetes.io/hostname":"n1"},
        "tolerations":[{"operator":"Exists"},{"key":"k","operator":"Equal","value":"v",
          "effect":"NoSchedule","tolerationSeconds":300}],
        "affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":
          {"nodeSelectorTerms":[{"matchFields":[{"key":"metadata.name","operator":"In",
          "values":["n1"]}]}]}}},
        "volumes":[{"name":"scratch","emptyDir":{}},{"persistentVolumeClaim":{"claimName":"d"},
          "name":"disk"},{"name":"token","projected":{"sources":[]}}],
        "containers":[{"name":"c","image":"i"}]},
       "status":{"phase":"Running","conditions":[{"type":"PodScheduled","status":"True"},
        {"type":"Ready","status":"True"}]}}""";

  @Test
  void keepsOfForeignConditionsOnlyThoseThatAnnounceEvents() {
    NodeFacts node =
        NodeReader.read(
                json(
                    """
                    {"kind":"Node","metadata":{"name":"n1","uid":"u1","resourceVersion":"5"},
                     "spec":{"providerID":"azure:///x/virtualMachines/vm-1"},
                     "status":{"conditions":[{"type":"KernelDeadlock","status":"False"},
                      {"type":"VMEventScheduled","status":"True","reason":"r",
                       "message":"Preempt\\u0000 Scheduled","lastTransitionTime":"2026-02-02T09:00:00Z"},
                      {"type":"PreemptionScheduled","status":7}]}}"""))
            .orElseThrow();

    assertThat(node.providerId()).isEqualTo("azure:///x/virtualMachines/vm-1");
    assertThat(node.announcements())
        .containsExactly(
            new Announcement(
                "VMEventScheduled",
                "True",
                "r",
                "Preempt Scheduled",
                Optional.of(Instant.parse("2026-02-02T09:00:00Z"))),
            new Announcement("PreemptionScheduled", "", "", "", Optional.empty()));
  }

  @Test
  void readsAPod() {
    PodFacts pod = PodReader.read(json(POD));

    assertThat(pod.unreadable()).isEmpty();
    assertThat(pod.uid()).isEqualTo("u1");
    assertThat(pod.namespace()).isEqualTo("shop");
    assertThat(pod.name()).isEqualTo("web-0");
    assertThat(pod.nodeName()).isEqualTo("n1");
    assertThat(pod.phase()).isEqualTo(PodPhase.RUNNING);
    assertThat(pod.deletionTimestamp()).hasValue(Instant.parse("2026-02-02T09:00:30Z"));
    assertThat(pod.createdAt()).hasValue(Instant.parse("2026-02-02T09:00:00Z"));
    assertThat(pod.grace()).hasValue(Duration.ofSeconds(45));
    assertThat(pod.annotations()).isEqualTo(Map.of("a", "1"));
    assertThat(pod.labels()).isEqualTo(Map.of("app", "web"));
    assertThat(pod.controller())
        .hasValue(new PodOwner("apps/v1", "StatefulSet", "web", "o1", true));
    assertThat(pod.owners()).hasSize(2);
    assertThat(pod.tolerations())
        .containsExactly(
            new Toleration("", "Exists", "", ""), new Toleration("k", "Equal", "v", "NoSchedule"));
    assertThat(pod.pinning())
        .isEqualTo(
            new Pinning(
                Map.of("kubernetes.io/hostname", "n1"),
                List.of(
                    new Pinning.Term(
                        List.of(new Pinning.Requirement("metadata.name", "In", List.of("n1"))),
                        List.of()))));
    assertThat(pod.priority()).isEqualTo(2_000_001_000);
    assertThat(pod.priorityClassName()).hasValue("system-node-critical");
    assertThat(pod.volumes())
        .containsExactly(
            new PodVolume("scratch", VolumeKind.EMPTY_DIR),
            new PodVolume("disk", VolumeKind.CLAIM),
            new PodVolume("token", VolumeKind.CONFIGURATION));
    assertThat(pod.finalizers()).containsExactly("x/y");
    assertThat(pod.ready()).isTrue();
  }

  @Test
  void readsAnEmptyPodWithoutComplaint() {
    PodFacts pod = PodReader.read(json("{}"));

    assertThat(pod.unreadable()).isEmpty();
    assertThat(pod.phase()).isEqualTo(PodPhase.UNRECOGNISED);
    assertThat(pod.grace()).isEmpty();
    assertThat(pod.isTerminating()).isFalse();
    assertThat(pod.pinning()).isEqualTo(Pinning.NONE);
  }

  @Test
  void namesWhatItCouldNotRead() {
    PodFacts pod =
        PodReader.read(
            json(
                """
                {"metadata":{"name":7,"uid":"u","deletionTimestamp":"soon","labels":{"a":1,"b":"2"},
                "ownerReferences":{}},"spec":{"terminationGracePeriodSeconds":"30","volumes":["x"]}}"""));

    assertThat(pod.unreadable())
        .containsExactlyInAnyOrder(
            "metadata.name",
            "metadata.deletionTimestamp",
            "metadata.labels.a",
            "metadata.ownerReferences",
            "spec.terminationGracePeriodSeconds",
            "spec.volumes[0]");
    assertThat(pod.labels()).isEqualTo(Map.of("b", "2"));
    assertThat(pod.uid()).isEqualTo("u");
  }

  @Test
  void boundsAGrace() {
    assertThat(grace(-5)).hasValue(Duration.ofSeconds(1));
    assertThat(grace(0)).hasValue(Duration.ZERO);
    assertThat(grace(Long.MAX_VALUE).map(Instant.parse("2026-02-02T10:00:00Z")::plus)).isPresent();
  }

  private static Optional<Duration> grace(long seconds) {
    return PodReader.read(json("{\"spec\":{\"terminationGracePeriodSeconds\":" + seconds + "}}"))
        .grace();
  }

  @Test
  @DisplayName("section 6: whatever stands in a field, no pod and no Node throws")
  void neverThrows() {
    List<String> odd =
        List.of(
            "null",
            "7",
            "1e99",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"a\":null}",
            "99999999999999999999",
            "[{}]");
    for (String whole : List.of(POD, Fixture.node("n", 1))) {
      for (List<String> path : paths(json(whole), List.of())) {
        for (String value : odd) {
          JsonNode changed = with(json(whole), path, json(value));
          assertThatCode(
                  () -> {
                    PodReader.read(changed);
                    NodeReader.read(changed);
                    StatusReader.read(changed);
                  })
              .as("%s = %s", path, value)
              .doesNotThrowAnyException();
        }
      }
    }
  }

  private static List<List<String>> paths(JsonNode node, List<String> at) {
    List<List<String>> all = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object.properties().forEach(each -> all.addAll(below(each.getValue(), at, each.getKey())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        all.addAll(below(array.get(i), at, Integer.toString(i)));
      }
    }
    return all;
  }

  private static List<List<String>> below(JsonNode child, List<String> at, String key) {
    List<String> here = new ArrayList<>(at);
    here.add(key);
    List<List<String>> all = new ArrayList<>(List.of(here));
    all.addAll(paths(child, here));
    return all;
  }

  private static JsonNode with(JsonNode root, List<String> path, JsonNode value) {
    JsonNode parent = root;
    for (String key : path.subList(0, path.size() - 1)) {
      parent = parent.isArray() ? parent.get(Integer.parseInt(key)) : parent.get(key);
    }
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(path.getLast()), value);
    } else {
      ((ObjectNode) parent).set(path.getLast(), value);
    }
    return root;
  }

  @Test
  void readsANode() {
    NodeFacts node =
        NodeReader.read(
                json(
                    """
                    {"metadata":{"name":"n1","uid":"u","resourceVersion":"9","labels":{"l":"1"},
                      "annotations":{"drainwatch.io/maintenance":"%s","other/big":"%s","other/small":"x"}},
                     "spec":{"unschedulable":true,"taints":[{"key":"k","effect":"NoExecute",
                      "timeAdded":"2026-02-02T10:00:00Z"}]},
                     "status":{"nodeInfo":{"bootID":"b"},"conditions":[
                      {"type":"MemoryPressure","status":"False"},
                      {"type":"Ready","status":"True","lastHeartbeatTime":"2026-02-02T10:00:05Z",
                       "lastTransitionTime":"2026-02-02T09:00:00Z"},
                      {"type":"Drained","status":"True","reason":"DrainCompleted","message":"m",
                       "lastTransitionTime":"2026-02-02T08:00:00Z"}]}}"""
                        .formatted("r".repeat(8_000), "b".repeat(2_000))))
            .orElseThrow();

    assertThat(node.unschedulable()).isTrue();
    assertThat(node.taints())
        .containsExactly(new NodeTaint("k", "", "NoExecute", Optional.of("2026-02-02T10:00:00Z")));
    assertThat(node.annotations()).containsOnlyKeys("drainwatch.io/maintenance", "other/small");
    assertThat(node.bootId()).isEqualTo("b");
    assertThat(node.readiness().ready()).isTrue();
    assertThat(node.readiness().heartbeat()).hasValue(Instant.parse("2026-02-02T10:00:05Z"));
    assertThat(node.conditions())
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.type()).isEqualTo(ConditionType.DRAINED);
              assertThat(condition.changedAt()).isEqualTo("2026-02-02T08:00:00Z");
            });
  }

  @Test
  void dropsTheListsThatNobodyNeedsBeforeTheyAreObjects() throws IOException {
    try (var parser = ApiJson.MAPPER.createParser(Fixture.node("n", 1))) {
      parser.nextToken();
      JsonNode node = ApiJson.read(parser);

      assertThat(node.path("status").has("images")).isFalse();
      assertThat(node.path("metadata").has("managedFields")).isFalse();
      assertThat(node.path("status").path("nodeInfo").path("bootID").asText()).isEqualTo("boot-1");
    }
  }
}
