package io.drainwatch.drainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drainwatch.drainer.nodes.NodeTaint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PATCH of the model's Nodes. */
class NodePatchingTest {
  private final ModelCluster cluster = new ModelCluster(Instant.parse("2026-11-21T10:00:00Z"));

  NodePatchingTest() {
    cluster.addNode("n1");
  }

  private ModelAnswer patch(String json) throws JsonProcessingException {
    return cluster.patchNode("n1", RequestJson.MAPPER.readTree(json), true);
  }

  private ModelAnswer status(String json) throws JsonProcessingException {
    return cluster.patchStatus("n1", RequestJson.MAPPER.readTree(json), true);
  }

  private String version() {
    return cluster.node("n1").resourceVersion();
  }

  @Test
  void recordAndCordonAreOnePatch() throws JsonProcessingException {
    String patch =
        """
        {"metadata":{"resourceVersion":"%s","annotations":{"drainwatch.io/maintenance":"{}"}},
         "spec":{"unschedulable":true}}"""
            .formatted(version());

    assertThat(patch(patch).code()).isEqualTo(200);
    assertThat(cluster.node("n1").unschedulable()).isTrue();
    assertThat(cluster.node("n1").annotations()).containsKey("drainwatch.io/maintenance");
    ModelAnswer.Said again = (ModelAnswer.Said) patch(patch);
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.status().message()).contains("the object has been modified");
  }

  @Test
  void aPatchThatChangesNothingMakesNoVersion() throws JsonProcessingException {
    String before = version();

    assertThat(patch("{\"spec\":{\"unschedulable\":false}}").code()).isEqualTo(200);
    assertThat(version()).isEqualTo(before);
  }

  @Test
  void nullRemovesAnAnnotation() throws JsonProcessingException {
    cluster.annotate("n1", "a", "1");
    cluster.annotate("n1", "b", "2");
    patch("{\"metadata\":{\"annotations\":{\"a\":null}}}");

    assertThat(cluster.node("n1").annotations()).containsOnlyKeys("b");
  }

  @Test
  void taintsAreReplacedAsAWhole() throws JsonProcessingException {
    cluster.taint("n1", new NodeTaint("theirs", "", "NoSchedule", Optional.empty()));
    patch("{\"spec\":{\"taints\":[{\"key\":\"ours\",\"effect\":\"NoSchedule\"}]}}");

    assertThat(cluster.node("n1").taints()).extracting(NodeTaint::key).containsExactly("ours");
  }

  @Test
  void taintsAreUniqueByKeyAndEffect() throws JsonProcessingException {
    ModelAnswer answer =
        patch(
            """
            {"spec":{"taints":[{"key":"a","effect":"NoSchedule"},
                               {"key":"a","value":"x","effect":"NoSchedule"}]}}""");

    assertThat(answer.code()).isEqualTo(422);
  }

  @Test
  void conditionsAreMergedByType() throws JsonProcessingException {
    status(
        """
        {"status":{"conditions":[{"type":"Drained","status":"True","reason":"DrainCompleted",
          "message":"m","lastTransitionTime":"2026-11-21T10:00:00.123Z"}]}}""");

    assertThat(cluster.node("n1").conditions())
        .extracting(ModelNode.Condition::type)
        .containsExactly("Ready", "Drained");
    assertThat(cluster.node("n1").condition("Drained").orElseThrow().changed())
        .contains(Instant.parse("2026-11-21T10:00:00Z"));
    status("{\"status\":{\"conditions\":[{\"$patch\":\"delete\",\"type\":\"Drained\"}]}}");
    assertThat(cluster.node("n1").conditions())
        .extracting(ModelNode.Condition::type)
        .containsExactly("Ready");
  }

  @Test
  void aPatchOfTheNodeDoesNotTouchItsStatus() throws JsonProcessingException {
    patch("{\"status\":{\"conditions\":[{\"type\":\"Drained\",\"status\":\"True\"}]}}");
    assertThat(cluster.node("n1").condition("Drained")).isEmpty();
    status("{\"spec\":{\"unschedulable\":true}}");
    assertThat(cluster.node("n1").unschedulable()).isFalse();
  }

  @Test
  @DisplayName("K53 a patch with the uid of another Node of the name is invalid")
  void refusesAnotherUid() throws JsonProcessingException {
    assertThat(patch("{\"metadata\":{\"uid\":\"another\"}}").code()).isEqualTo(422);
  }

  @Test
  void aNodeThatIsGoneIsNotFound() throws JsonProcessingException {
    cluster.deleteNode("n1");

    assertThat(patch("{}").code()).isEqualTo(404);
  }

  @Test
  void aTaintFollowsTheCordonAndGoesWithIt() {
    cluster.cordon("n1", true);
    assertThat(cluster.node("n1").taints()).isEmpty();
    cluster.advance(Duration.ofSeconds(1));
    assertThat(cluster.node("n1").hasTaint(ModelNode.UNSCHEDULABLE_TAINT)).isTrue();
    cluster.cordon("n1", false);
    cluster.advance(Duration.ofSeconds(1));
    assertThat(cluster.node("n1").taints()).isEmpty();
  }
}
