package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.DeleteWish;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Action;
import io.drainwatch.drainer.scaledown.Attempts;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.ScaleDown;
import io.drainwatch.drainer.scaledown.ScaleDownKeys;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clean-up pod, as it is made behind a StatefulSet, on a Node that is drained. */
class CleanupPodOnNodeTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();

  private void addCleanupPod() throws IOException {
    rig.cluster.add(cleanupPod());
  }

  /** With labels and annotations as the plan gives them. */
  private static PodFields cleanupPod() throws IOException {
    SetFacts set =
        new SetFacts(
            new SetId("shop", "db", "u"),
            "1",
            Optional.of(
                new SetFacts.Template("{\"spec\":{\"containers\":[{\"name\":\"c\"}]}}", false)),
            false,
            List.of(ScaleDownKeys.SCALE_DOWN),
            false,
            0,
            2,
            false,
            SetFacts.Retention.RETAIN,
            Optional.of(new LabelSelector(Map.of("app", "db"), List.of())),
            List.of("data"),
            Map.of(),
            Attempts.NONE);
    ClaimFacts claim = new ClaimFacts("shop", "data-db-2", "c", "1", false, false, NodeRig.START);
    Action action =
        ScaleDown.plan(
                set, new Surroundings(List.of(claim), List.of(), List.of(), false), NodeRig.START)
            .actions()
            .getFirst();
    JsonNode metadata =
        new ObjectMapper().readTree(((Action.CreatePod) action).json()).path("metadata");
    PodFields pod = new PodFields("shop", metadata.path("name").asText()).on(NodeRig.NODE);
    metadata
        .path("labels")
        .properties()
        .forEach(each -> pod.labelled(each.getKey(), each.getValue().asText()));
    metadata
        .path("annotations")
        .properties()
        .forEach(each -> pod.annotated(each.getKey(), each.getValue().asText()));
    return pod;
  }

  @Test
  void theDrainWaitsUntilItHasSucceeded() throws IOException {
    addCleanupPod();
    rig.platform(REBOOT);
    rig.start().run("3M");
    assertThat(rig.stateWord()).isEqualTo("Draining");
    assertThat(rig.acknowledged).isEmpty();
    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();

    rig.cluster.change("shop", "db-2", pod -> pod.phase(PodPhase.SUCCEEDED));
    rig.run("30S");

    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  void oneThatHasNotBegunIsEvictedSoThatItIsMadeAnewElsewhere() throws IOException {
    rig.cluster.add(cleanupPod().phase(PodPhase.PENDING));
    rig.platform(REBOOT);
    rig.start().run("1M");

    assertThat(rig.api.requests(Verb.EVICT)).hasSize(1);
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @ParameterizedTest(name = "told {0} later, answered {1} later")
  @CsvSource({"PT1M, PT0.1S", "PT6S, PT3S"})
  void oneThatBeginsUnseenBeforeItIsEvictedIsWaitedFor(Duration told, Duration answered)
      throws IOException {
    rig.cluster.add(cleanupPod().phase(PodPhase.PENDING));
    String version = rig.cluster.pod("shop", "db-2").resourceVersion();
    rig.api.watchDelay(told);
    boolean[] listed = {false};
    rig.onlooker =
        () -> {
          if (!listed[0] && !rig.api.requests(Verb.LIST_PODS).isEmpty()) {
            listed[0] = true;
            rig.api.latency(answered);
            rig.cluster.change("shop", "db-2", PodFields::begun);
          }
        };
    rig.platform(REBOOT);
    rig.start().run("3M");

    assertThat(rig.api.requests(Verb.EVICT)).hasSize(1);
    assertThat(rig.api.requests(Verb.EVICT).getFirst().body())
        .contains("\"resourceVersion\":\"" + version + "\"");
    assertThat(rig.cluster.pod("shop", "db-2").isTerminating()).isFalse();
    assertThat(rig.stateWord()).isEqualTo("Draining");
    rig.cluster.change("shop", "db-2", pod -> pod.phase(PodPhase.SUCCEEDED));
    rig.cluster.delete("shop", "db-2", DeleteWish.PLAIN);
    rig.run("2M");
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(rig.notes)
        .noneMatch(
            each ->
                each instanceof NodeNote.Eviction(EvictionNotice notice)
                    && notice.reason() == EvictionNotice.Reason.EVICTED);
  }

  @Test
  void oneThatWouldComeStraightBackIsNotEvictedAgainAndAgain() throws IOException {
    rig.cluster.add(cleanupPod().phase(PodPhase.PENDING).toleratingEverything());
    rig.platform(REBOOT);
    rig.start().run("3M");

    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.stateWord()).isEqualTo("Draining");
  }

  @Test
  void oneWhoseFirstContainerHasStartedIsWaitedForThoughItIsPending() throws IOException {
    rig.cluster.add(cleanupPod().phase(PodPhase.PENDING).begun());
    rig.platform(REBOOT);
    rig.start().run("3M");

    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.stateWord()).isEqualTo("Draining");
  }

  @Test
  void othersThatAreToCompleteAreWaitedForBeforeTheyBegin() {
    rig.cluster.add(
        new PodFields("shop", "job")
            .on(NodeRig.NODE)
            .labelled("drainwatch.io/drain", "wait-completed")
            .phase(PodPhase.PENDING));
    rig.platform(REBOOT);
    rig.start().run("3M");

    assertThat(rig.api.requests(Verb.EVICT)).isEmpty();
    assertThat(rig.stateWord()).isEqualTo("Draining");
  }

  @Test
  void theDrainWaitsUntilTheForcePointAndNoLonger() throws IOException {
    addCleanupPod();
    rig.platform(REBOOT);
    rig.start().run("10M");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).hasSize(1);

    rig.run("5M");

    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    assertThat(rig.acknowledged).containsExactly("A");
  }
}
