package io.drainwatch.drainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the model's kubelets and DELETE make of a pod that is to go. */
class KubeletsTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
  private final ModelCluster cluster = new ModelCluster(TEN);

  KubeletsTest() {
    cluster.addNode("n1");
  }

  private PodFields web() {
    return new PodFields("shop", "web").on("n1");
  }

  private ModelAnswer delete(DeleteWish wish) {
    return cluster.delete("shop", "web", wish);
  }

  private boolean isGone() {
    return cluster.findPod("shop", "web").isEmpty();
  }

  @Test
  void aPodGoesWhenItHasStopped() {
    cluster.add(web().stopsIn(Duration.ofSeconds(3)));
    delete(DeleteWish.PLAIN);
    assertThat(cluster.pod("shop", "web").facts().deletionTimestamp())
        .contains(TEN.plusSeconds(30));

    cluster.advance(Duration.ofMillis(2_999));
    assertThat(isGone()).isFalse();
    cluster.advance(Duration.ofMillis(1));
    assertThat(isGone()).isTrue();
  }

  @Test
  @DisplayName("K14 a preStop that hangs ends with the grace")
  void aPodThatHangsGoesWithItsGrace() {
    cluster.add(web().hangs());
    delete(DeleteWish.PLAIN);

    cluster.advance(Duration.ofSeconds(29));
    assertThat(isGone()).isFalse();
    cluster.advance(Duration.ofSeconds(1));
    assertThat(isGone()).isTrue();
  }

  @Test
  @DisplayName("K12 a grace that is shortened counts anew; its time stamp may be past")
  void shortensAGraceThatRuns() {
    cluster.add(web().hangs().grace(Duration.ofHours(1)));
    delete(DeleteWish.PLAIN);
    cluster.advance(Duration.ofMinutes(10));

    delete(DeleteWish.PLAIN.within(Duration.ofSeconds(20)));

    assertThat(cluster.pod("shop", "web").facts().deletionTimestamp())
        .contains(TEN.plusSeconds(20));
    cluster.advance(Duration.ofSeconds(19));
    assertThat(isGone()).isFalse();
    cluster.advance(Duration.ofSeconds(1));
    assertThat(isGone()).isTrue();
  }

  @Test
  void neverLengthensAGraceThatRuns() {
    cluster.add(web().hangs());
    delete(DeleteWish.PLAIN.within(Duration.ofSeconds(5)));
    long version = cluster.pod("shop", "web").version();

    delete(DeleteWish.PLAIN.within(Duration.ofSeconds(50)));

    assertThat(cluster.pod("shop", "web").version()).isEqualTo(version);
    cluster.advance(Duration.ofSeconds(5));
    assertThat(isGone()).isTrue();
  }

  @Test
  void aGraceOfZeroTakesThePodOffTheApiAtOnce() {
    cluster.add(web().hangs());

    assertThat(delete(DeleteWish.PLAIN.within(Duration.ZERO)).code()).isEqualTo(200);
    assertThat(isGone()).isTrue();
  }

  @Test
  void aPodWithoutANodeGoesAtOnce() {
    cluster.add(new PodFields("shop", "web").phase(PodPhase.PENDING));
    delete(DeleteWish.PLAIN);

    assertThat(isGone()).isTrue();
  }

  @Test
  @DisplayName("K11 a finalizer keeps the pod, stopped and Failed, until it is removed")
  void aFinalizerKeepsThePod() {
    cluster.add(web().finalizer("example.com/hold"));
    delete(DeleteWish.PLAIN);
    cluster.advance(Duration.ofMinutes(5));

    assertThat(cluster.pod("shop", "web").facts().phase()).isEqualTo(PodPhase.FAILED);
    cluster.removeFinalizers("shop", "web");
    assertThat(isGone()).isTrue();
  }

  @Test
  @DisplayName("K54 a Node that is not Ready keeps its terminating pods until it is back")
  void aNodeThatIsNotReadyKeepsItsPods() {
    cluster.add(web());
    cluster.notReady("n1");
    delete(DeleteWish.PLAIN);
    cluster.advance(Duration.ofMinutes(10));

    assertThat(isGone()).isFalse();
    cluster.ready("n1");
    cluster.advance(Duration.ofSeconds(1));
    assertThat(isGone()).isTrue();
  }

  @Test
  void aPodThatIsStuckStays() {
    cluster.add(web().conduct(PodConduct.PROMPT.neverGone()));
    delete(DeleteWish.PLAIN);
    cluster.advance(Duration.ofHours(1));

    assertThat(isGone()).isFalse();
  }

  @Test
  void deletesTheRightPodOnly() {
    ModelPod pod = cluster.add(web());

    assertThat(delete(DeleteWish.PLAIN.ofUid("another")).code()).isEqualTo(409);
    assertThat(delete(DeleteWish.PLAIN.ofVersion("1")).code()).isEqualTo(409);
    assertThat(delete(DeleteWish.PLAIN.ofUid(pod.uid())).code()).isEqualTo(200);
    cluster.advance(Duration.ZERO);
    assertThat(delete(DeleteWish.PLAIN).code()).isEqualTo(404);
  }

  @Test
  void aReadyNodeShowsAHeartbeatEveryFiveMinutes() {
    Optional<Instant> first = heartbeat();
    cluster.advance(Duration.ofMinutes(6));
    assertThat(heartbeat()).contains(first.orElseThrow().plus(Kubelets.HEARTBEAT));
    cluster.notReady("n1");
    cluster.advance(Duration.ofMinutes(20));
    assertThat(heartbeat()).contains(first.orElseThrow().plus(Kubelets.HEARTBEAT));
    cluster.rebooted("n1", "boot-2");
    assertThat(heartbeat()).contains(cluster.now());
    assertThat(cluster.node("n1").facts().bootId()).isEqualTo("boot-2");
  }

  private Optional<Instant> heartbeat() {
    return cluster.node("n1").facts().readiness().heartbeat();
  }
}
