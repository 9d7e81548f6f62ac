package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the JSON of a set, or of a pod with an ordinal, means. */
class SetAndPodReaderTest {
  private static JsonNode tree(String json) {
    return ApiJson.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void readsASet() {
    SetFacts set =
        SetReader.read(
                tree(
                    """
                    {"metadata":{"name":"db","namespace":"shop","uid":"u","resourceVersion":"9",
                     "finalizers":["x"],"deletionTimestamp":"2026-11-21T12:00:00Z",
                     "annotations":{"statefulsets.kubernetes.io/scaledown-pod-template":"{}",
                      "drainwatch.io/scaledown":"skip"}},
                     "spec":{"replicas":2,"ordinals":{"start":5},"podManagementPolicy":"Parallel",
                      "persistentVolumeClaimRetentionPolicy":{"whenScaled":"Delete","whenDeleted":"Retain"},
                      "selector":{"matchLabels":{"app":"db"},"matchExpressions":[
                       {"key":"tier","operator":"In","values":["a"]}]},
                      "template":{"spec":{"tolerations":[{"key":"db"}],"nodeSelector":{"pool":"db"},
                       "securityContext":{},"containers":[]}},
                      "volumeClaimTemplates":[{"metadata":{"name":"data"}},{"metadata":{"name":"log"}}]}}
                    """))
            .orElseThrow();

    assertThat(set.id()).isEqualTo(new SetId("shop", "db", "u"));
    assertThat(set.template()).contains(new SetFacts.Template("{}", true));
    assertThat(set.isLeftAlone()).isTrue();
    assertThat(set.isTerminating()).isTrue();
    assertThat(set.isParallel()).isTrue();
    assertThat(List.of(set.start(), set.replicas())).containsExactly(5, 2);
    assertThat(set.retention()).isEqualTo(new SetFacts.Retention(true, false));
    assertThat(set.claimTemplates()).containsExactly("data", "log");
    assertThat(set.podDefaults())
        .isEqualTo(
            Map.of("tolerations", "[{\"key\":\"db\"}]", "nodeSelector", "{\"pool\":\"db\"}"));
    assertThat(set.selector().orElseThrow().matches(Map.of("app", "db", "tier", "a"))).isTrue();
    assertThat(set.selector().orElseThrow().matches(Map.of("app", "db"))).isFalse();
  }

  @Test
  @DisplayName("D13 absent: start 0, one replica; an empty annotation of ours switches 2018's off")
  void readsWhatIsAbsent() {
    SetFacts set =
        SetReader.read(
                tree(
                    """
                    {"metadata":{"name":"db","namespace":"shop","uid":"u","resourceVersion":"9",
                     "annotations":{"drainwatch.io/scaledown-pod-template":"",
                      "statefulsets.kubernetes.io/scaledown-pod-template":"{}"}},
                     "spec":{"selector":{"matchExpressions":[{"key":"a","operator":"Like"}]}}}\
                    """))
            .orElseThrow();

    assertThat(List.of(set.start(), set.replicas())).containsExactly(0, 1);
    assertThat(set.isParallel()).isFalse();
    assertThat(set.template()).isEmpty();
    assertThat(set.selector()).as("one that nobody here understands").isEmpty();
  }

  @Test
  @DisplayName("D06 why a pod failed, when, and how often it was tried")
  void readsAFailedPod() {
    OrdinalPod pod =
        OrdinalPodReader.read(
                tree(
                    """
                    {"metadata":{"name":"db-2","namespace":"shop","uid":"u",
                     "creationTimestamp":"2026-11-21T12:00:00Z","annotations":{
                      "drainwatch.io/scaledown-owner":"db","drainwatch.io/scaledown-owner-uid":"s",
                      "drainwatch.io/scaledown-attempt":"3"}},
                     "status":{"phase":"Failed","reason":"Evicted","message":"low on memory",
                      "containerStatuses":[{"name":"c","restartCount":7,"state":{"terminated":
                       {"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-21T12:05:00Z"}}}]}}\
                    """))
            .orElseThrow();

    assertThat(pod.owner()).contains(new OrdinalPod.Owner("db", "s"));
    assertThat(pod.phase()).isEqualTo(PodPhase.FAILED);
    assertThat(pod.endedAt()).contains(Instant.parse("2026-11-21T12:05:00Z"));
    assertThat(List.of(pod.attempt(), pod.restarts())).containsExactly(3, 7);
    assertThat(pod.told())
        .isEqualTo("Evicted (low on memory); container c ended with exit code 137 (OOMKilled)");
  }

  @Test
  @DisplayName("D17 why a pod does not start")
  void readsAPendingPod() {
    ObjectNode json =
        (ObjectNode)
            tree(
                """
                {"metadata":{"name":"db-2","uid":"u","annotations":{"drainwatch.io/scaledown-owner":"db"}},
                 "status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False",
                  "reason":"Unschedulable","message":"0/3 nodes are available"}]}}\
                """);

    assertThat(OrdinalPodReader.read(json).orElseThrow().told())
        .isEqualTo("Unschedulable (0/3 nodes are available)");
    ((ObjectNode) json.path("metadata")).put("name", "no-ordinal");
    assertThat(OrdinalPodReader.read(json)).isEmpty();
  }
}
