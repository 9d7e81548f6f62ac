package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.model.ModelPod;
import io.drainwatch.drainer.model.PodFields;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may be handed the leadership (K81). */
class OtherReplicaTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2", "n3");

  private OtherReplicaTest replicasOn(String... nodes) {
    run.cluster.replicaSet("ops", "drainer", nodes.length, pod -> {}, nodes);
    return this;
  }

  private String podOn(String node) {
    return run.cluster.podsOn(node).getFirst().facts().name();
  }

  private boolean isThere() {
    return isThere(Optional.of(run.cluster.podsOn("n1").getFirst().facts().uid()));
  }

  private boolean isThere(Optional<String> own) {
    return new OtherReplica(
            own,
            () ->
                new PodListing.Complete(
                    run.cluster.pods().stream().map(ModelPod::facts).toList(),
                    run.cluster.now(),
                    run.cluster.now(),
                    run.cluster.now()),
            run.api::readNode)
        .getAsBoolean();
  }

  @Test
  void aReadyReplicaOnAnotherNodeIs() {
    assertThat(replicasOn("n1", "n2").isThere()).isTrue();
  }

  @Test
  void oneOfAnotherVersionOfTheDeploymentIsToo() {
    replicasOn("n1", "n2");
    run.cluster.change("ops", podOn("n1"), pod -> pod.labelled("pod-template-hash", "a"));
    run.cluster.change("ops", podOn("n2"), pod -> pod.labelled("pod-template-hash", "b"));
    assertThat(isThere()).isTrue();
  }

  @Test
  void oneOnOurOwnNodeIsNot() {
    assertThat(replicasOn("n1", "n1").isThere()).isFalse();
  }

  @Test
  void oneThatIsNotReadyIsNot() {
    replicasOn("n1", "n2");
    run.cluster.change("ops", podOn("n2"), PodFields::unready);
    assertThat(isThere()).isFalse();
  }

  @Test
  void anotherKindOfPodIsNot() {
    replicasOn("n1");
    run.cluster.replicaSet("ops", "other", 1, pod -> {}, "n2");
    run.cluster.add(new PodFields("ops", "by-hand").labelled("app", "drainer").on("n3"));
    assertThat(isThere()).isFalse();
  }

  @Test
  void oneWhoseNodeIsToBeDrainedTooIsNot() {
    replicasOn("n1", "n2");
    run.reboots("n2", "e1");
    assertThat(isThere()).isFalse();
  }

  @Test
  void oneOnACordonedOrLostNodeIsNot() {
    replicasOn("n1", "n2", "n3");
    run.cluster.cordon("n2", true);
    assertThat(isThere()).isTrue();
    run.cluster.notReady("n3");
    assertThat(isThere()).isFalse();
  }

  @Test
  void nobodyIsWhereItCannotBeTold() {
    replicasOn("n1", "n2");
    assertThat(isThere(Optional.empty())).isFalse();
    assertThat(isThere(Optional.of("another"))).isFalse();
    assertThat(
            new OtherReplica(
                    Optional.of("ours"), () -> new PodListing.Failed("403"), run.api::readNode)
                .getAsBoolean())
        .isFalse();
  }
}
