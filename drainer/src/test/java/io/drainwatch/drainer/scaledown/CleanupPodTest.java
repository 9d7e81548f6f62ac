package io.drainwatch.drainer.scaledown;

import static io.drainwatch.drainer.scaledown.Scenes.aSet;
import static io.drainwatch.drainer.scaledown.Scenes.madeFrom;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pod that is made of the template: P01 to P06, D11, D12, D17. */
class CleanupPodTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode pod(SetFacts set, int ordinal, int attempt) {
    return pod(set, ordinal, attempt, NodesAround.UNKNOWN);
  }

  private static JsonNode pod(SetFacts set, int ordinal, int attempt, NodesAround nodes) {
    CleanupPodJson.Reading reading = CleanupPodJson.read(set);
    assertThat(reading).isInstanceOf(CleanupPodJson.Reading.Usable.class);
    return tree(((CleanupPodJson.Reading.Usable) reading).pods().pod(ordinal, attempt, nodes));
  }

  private static String refusal(SetFacts set) {
    CleanupPodJson.Reading reading = CleanupPodJson.read(set);
    assertThat(reading).isInstanceOf(CleanupPodJson.Reading.Unusable.class);
    return ((CleanupPodJson.Reading.Unusable) reading).why();
  }

  private static String withSpec(String more) {
    return "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]" + more + "}}";
  }

  @Test
  @DisplayName("P01 ours is what has an owner annotation, and nothing else")
  void knowsItsOwn() {
    assertThat(OrdinalPod.Owner.of(Map.of(), false)).isEmpty();
    assertThat(OrdinalPod.Owner.of(Map.of(ScaleDownKeys.OWNER, "db"), false))
        .contains(new OrdinalPod.Owner("db", ""));
    assertThat(OrdinalPod.Owner.of(Map.of(ScaleDownKeys.LEGACY_OWNER, "db"), false)).isPresent();
    assertThat(OrdinalPod.Owner.of(Map.of("app", "db"), false)).isEmpty();
    assertThat(OrdinalPod.Owner.of(Map.of(ScaleDownKeys.OWNER, "db"), true)).isEmpty();
  }

  @Test
  @DisplayName("P03 no template is an error")
  void noTemplateIsAnError() {
    assertThat(refusal(aSet().withoutTemplate().build())).isEqualTo("there is none");
  }

  @ParameterizedTest(name = "P03 restartPolicy {0} is an error")
  @ValueSource(strings = {"Always", "Never"})
  void anotherRestartPolicyIsAnError(String policy) {
    assertThat(refusal(aSet().template(withSpec(",\"restartPolicy\":\"" + policy + "\"")).build()))
        .contains("OnFailure", policy);
  }

  @Test
  @DisplayName("P04 the pod of a template with a label, exactly")
  void makesExactlyThisPod() {
    assertThat(pod(aSet().build(), 1, 0))
        .isEqualTo(
            tree(
                """
                {"apiVersion":"v1","kind":"Pod",
                 "metadata":{"name":"db-1","namespace":"shop",
                  "labels":{"app":"db-cleanup","drainwatch.io/scaledown-pod":"db-1",
                   "drainwatch.io/drain":"wait-completed"},
                  "annotations":{"drainwatch.io/scaledown-owner":"db",
                   "drainwatch.io/scaledown-owner-uid":"uid-of-set",
                   "drainwatch.io/scaledown-attempt":"0",
                   "drainwatch.io/scaledown-template":"%s"}},
                 "spec":{"containers":[{"name":"c","image":"i",
                   "volumeMounts":[{"name":"data","mountPath":"/data"}]}],
                  "restartPolicy":"OnFailure",
                  "volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"data-db-1"}}]}}
                """
                    .formatted(madeFrom(aSet().build()))));
  }

  @Test
  @DisplayName("P05 a template without labels: ours only")
  void givesItOurLabels() {
    assertThat(pod(aSet().template(withSpec("")).build(), 0, 3).path("metadata"))
        .isEqualTo(
            tree(
                """
                {"name":"db-0","namespace":"shop",
                 "labels":{"drainwatch.io/scaledown-pod":"db-0","drainwatch.io/drain":"wait-completed"},
                 "annotations":{"drainwatch.io/scaledown-owner":"db",
                  "drainwatch.io/scaledown-owner-uid":"uid-of-set","drainwatch.io/scaledown-attempt":"3",
                  "drainwatch.io/scaledown-template":"%s"}}
                """
                    .formatted(madeFrom(aSet().template(withSpec("")).build()))));
  }

  @Test
  @DisplayName("P06 one volume for each claim template")
  void hasAVolumeForEachClaimTemplate() {
    SetFacts set = aSet().named("my-sts").claimTemplates("my-volume", "other").build();

    assertThat(pod(set, 0, 0).path("spec").path("volumes"))
        .isEqualTo(
            tree(
                """
                [{"name":"my-volume","persistentVolumeClaim":{"claimName":"my-volume-my-sts-0"}},
                 {"name":"other","persistentVolumeClaim":{"claimName":"other-my-sts-0"}}]
                """));
  }

  @Test
  @DisplayName("the label of 2018 is set too where the template is of 2018")
  void setsTheLegacyLabel() {
    JsonNode labels = pod(aSet().legacyTemplate().build(), 1, 0).path("metadata").path("labels");

    assertThat(labels.path("statefulsets.kubernetes.io/scaledown-pod").asText()).isEqualTo("db-1");
    assertThat(labels.path(ScaleDownKeys.POD).asText()).isEqualTo("db-1");
  }

  @Test
  @DisplayName("D11 a volume of a claim template's name is replaced")
  void replacesAVolumeOfThatName() {
    String template =
        withSpec(
            ",\"volumes\":[{\"name\":\"data\",\"emptyDir\":{}},{\"name\":\"tmp\",\"emptyDir\":{}}]");

    assertThat(pod(aSet().template(template).build(), 1, 0).path("spec").path("volumes"))
        .isEqualTo(
            tree(
                """
                [{"name":"data","persistentVolumeClaim":{"claimName":"data-db-1"}},
                 {"name":"tmp","emptyDir":{}}]
                """));
  }

  @ParameterizedTest(name = "D12 selector {0}")
  @CsvSource({"app, db-cleanup", "drainwatch.io/drain, wait-completed"})
  void labelsThatTheSetsSelectorMatchesAreAnError(String key, String value) {
    assertThat(refusal(aSet().selector(Map.of(key, value)).build())).contains("selector");
  }

  @Test
  @DisplayName("D12 a selector that cannot be understood is an error")
  void anUnreadableSelectorIsAnError() {
    assertThat(refusal(aSet().unreadableSelector().build())).contains("selector");
  }

  @Test
  @DisplayName("D17 tolerations, node selector and security context are the set's")
  void takesOverWhatTheTemplateDoesNotSay() {
    SetFacts set =
        aSet()
            .podDefault("tolerations", "[{\"key\":\"db\",\"operator\":\"Exists\"}]")
            .podDefault("nodeSelector", "{\"pool\":\"db\"}")
            .podDefault("securityContext", "{\"fsGroup\":7}")
            .build();
    JsonNode spec = pod(set, 1, 0).path("spec");

    assertThat(spec.path("tolerations"))
        .isEqualTo(tree("[{\"key\":\"db\",\"operator\":\"Exists\"}]"));
    assertThat(spec.path("nodeSelector")).isEqualTo(tree("{\"pool\":\"db\"}"));
    assertThat(spec.path("securityContext")).isEqualTo(tree("{\"fsGroup\":7}"));
  }

  @Test
  @DisplayName("D17 what the template says counts, also where it says nothing is tolerated")
  void leavesTheTemplateItsOwn() {
    SetFacts set =
        aSet()
            .template(withSpec(",\"tolerations\":[],\"nodeSelector\":{\"pool\":\"jobs\"}"))
            .podDefault("tolerations", "[{\"key\":\"db\",\"operator\":\"Exists\"}]")
            .podDefault("nodeSelector", "{\"pool\":\"db\"}")
            .build();
    JsonNode spec = pod(set, 1, 0).path("spec");

    assertThat(spec.path("tolerations")).isEmpty();
    assertThat(spec.path("nodeSelector")).isEqualTo(tree("{\"pool\":\"jobs\"}"));
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'key':'node.kubernetes.io/unschedulable','operator':'Exists'}]"
            + "|[{'key':'node.kubernetes.io/unschedulable','operator':'Exists','effect':'PreferNoSchedule'},"
            + "{'key':'node.kubernetes.io/unschedulable','operator':'Exists','effect':'NoExecute'}]",
        "[{'key':'drainwatch.io/maintenance','operator':'Exists','effect':'NoSchedule'}]|[]",
        "[{'operator':'Exists','effect':'NoSchedule'},{'key':'db','operator':'Exists'}]"
            + "|[{'key':'db','operator':'Exists'}]",
        "[{'operator':'Exists'}]"
            + "|[{'operator':'Exists','effect':'PreferNoSchedule'},{'operator':'Exists','effect':'NoExecute'}]",
        "[{'operator':'Exists','effect':'NoExecute'}]|[{'operator':'Exists','effect':'NoExecute'}]"
      })
  void toleratesNoNodeUnderMaintenance(String given, String kept) {
    String tolerations = given.replace('\'', '"');
    JsonNode expected = tree(kept.replace('\'', '"'));

    assertThat(
            pod(aSet().podDefault("tolerations", tolerations).build(), 1, 0)
                .path("spec")
                .path("tolerations"))
        .isEqualTo(expected);
    assertThat(
            pod(aSet().template(withSpec(",\"tolerations\":" + tolerations)).build(), 1, 0)
                .path("spec")
                .path("tolerations"))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'operator':'Exists'}]"
            + "|[{'key':'gpu','operator':'Exists','effect':'NoSchedule'},"
            + "{'key':'pool','operator':'Exists','effect':'NoSchedule'},"
            + "{'operator':'Exists','effect':'PreferNoSchedule'},"
            + "{'operator':'Exists','effect':'NoExecute'}]",
        "[{'operator':'Exists','effect':'NoSchedule'},"
            + "{'key':'gpu','operator':'Exists','effect':'NoSchedule'},"
            + "{'key':'pool','value':'db','effect':'NoExecute','tolerationSeconds':60}]"
            + "|[{'key':'gpu','operator':'Exists','effect':'NoSchedule'},"
            + "{'key':'pool','operator':'Exists','effect':'NoSchedule'},"
            + "{'key':'pool','value':'db','effect':'NoExecute','tolerationSeconds':60}]",
        "[{'key':'pool','value':'db'}]|[{'key':'pool','value':'db'}]"
      })
  void toleratesAllOtherTaintsOfTheClusterWhereEverythingIsTolerated(String given, String kept) {
    SetFacts set =
        aSet().template(withSpec(",\"tolerations\":" + given.replace('\'', '"'))).build();
    NodesAround nodes =
        NodesAround.of(
            List.of(
                new NodeStanding("n1", true, Set.of("pool")),
                new NodeStanding("n2", false, Set.of("pool", "gpu")),
                new NodeStanding("n3", false, Set.of())));

    assertThat(pod(set, 1, 0, nodes).path("spec").path("tolerations"))
        .isEqualTo(tree(kept.replace('\'', '"')));
  }

  @Test
  void aPodThatGoesPastTheSchedulerIsAnError() {
    assertThat(refusal(aSet().template(withSpec(",\"nodeName\":\"n1\"")).build()))
        .contains("nodeName");
  }

  @Test
  void hasNeitherOwnerNorFinalizer() {
    String template =
        """
        {"kind":"Pod","metadata":{"name":"x","generateName":"x-","finalizers":["a/b"],
         "ownerReferences":[{"uid":"1"}],"annotations":{"note":"kept"}},
         "spec":{"containers":[{"name":"c"}]}}\
        """;
    JsonNode metadata = pod(aSet().template(template).build(), 1, 0).path("metadata");

    assertThat(metadata.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("name", "namespace", "labels", "annotations");
    assertThat(metadata.path("annotations").path("note").asText()).isEqualTo("kept");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "[]",
        "null",
        "\"text\"",
        "{\"kind\":\"Job\",\"spec\":{\"containers\":[{}]}}",
        "{\"metadata\":[],\"spec\":{\"containers\":[{}]}}",
        "{\"metadata\":{\"labels\":{\"a\":1}},\"spec\":{\"containers\":[{}]}}",
        "{\"spec\":{\"containers\":[]}}",
        "{\"spec\":{\"containers\":[1]}}",
        "{\"spec\":{\"containers\":[{}],\"volumes\":{}}}",
        "{\"spec\":{\"containers\":[{}]}} more"
      })
  void whatIsNoPodIsAnError(String template) {
    assertThat(refusal(aSet().template(template).build())).isNotBlank();
  }
}
