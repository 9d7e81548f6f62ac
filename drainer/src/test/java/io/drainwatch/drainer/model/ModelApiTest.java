package io.drainwatch.drainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.evictions.Pods;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seam in memory: answers, watches, faults, the log of requests. */
class ModelApiTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
  private final ModelCluster cluster = new ModelCluster(TEN);
  private final ModelApi api = new ModelApi(cluster);
  private final List<EvictionAnswer> answers = new ArrayList<>();
  private final List<PodsSeen> seen = new ArrayList<>();

  ModelApiTest() {
    cluster.addNode("n1");
    cluster.addNode("n2");
    cluster.replicaSet("shop", "web", 2, pod -> {}, "n1");
  }

  private static EvictionRequest.Evict eviction(ModelPod pod) {
    return new EvictionRequest.Evict(
        Pods.named(pod.uid(), pod.facts().namespace(), pod.facts().name()), 1, Optional.empty());
  }

  private Cluster.Sent evict(String name) {
    return api.send(eviction(cluster.pod("shop", name)), answers::add);
  }

  private NodePatch cordon() {
    return new NodePatch(
        cluster.node("n1").resourceVersion(),
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.of(true),
        Optional.empty());
  }

  private List<String> names() {
    return seen.getLast().view().pods().stream().map(it -> it.name()).toList();
  }

  @Test
  void sendsAnEvictionOnceAndAnswersOnTheNextAdvance() {
    String uid = cluster.pod("shop", "web-1").uid();

    evict("web-1");

    assertThat(answers).isEmpty();
    assertThat(cluster.pod("shop", "web-1").isTerminating()).isTrue();
    api.advance(Duration.ZERO);
    assertThat(answers).singleElement().isInstanceOf(EvictionAnswer.Http.class);
    assertThat(api.requests()).extracting(ModelRequest::text).containsExactly("evict shop/web-1");
    assertThat(api.requests().getFirst().body())
        .isEqualTo(
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"web-1\","
                + "\"namespace\":\"shop\"},\"deleteOptions\":{\"preconditions\":{\"uid\":\""
                + uid
                + "\"}}}");
  }

  @Test
  void answersOnceAlsoWhenGivenUp() {
    api.faults().once(Verb.EVICT, Fault.TIMEOUT_AFTER);
    Cluster.Sent sent = evict("web-1");
    api.advance(Duration.ofSeconds(3));
    assertThat(answers).isEmpty();

    sent.cancel();
    api.advance(Duration.ofMinutes(1));

    assertThat(answers).hasSize(1);
    assertThat(cluster.findPod("shop", "web-1")).isEmpty();
  }

  @Test
  void aTimeOutTakesTenSeconds() {
    api.faults().once(Verb.EVICT, Fault.TIMEOUT_BEFORE);
    evict("web-1");

    api.advance(Duration.ofMillis(9_999));
    assertThat(answers).isEmpty();
    api.advance(Duration.ofMillis(1));
    assertThat(answers).singleElement().isInstanceOf(EvictionAnswer.Failed.class);
    assertThat(cluster.pod("shop", "web-1").isTerminating()).isFalse();
  }

  @Test
  void aPatchOfAnOldVersionIsAConflict() {
    NodePatch old = cordon();
    cluster.annotate("n1", "someone", "else");

    assertThat(api.patchNode("n1", old)).isInstanceOf(WriteAnswer.Conflict.class);
    assertThat(cluster.node("n1").unschedulable()).isFalse();
    assertThat(api.patchNode("n1", cordon())).isInstanceOf(WriteAnswer.Done.class);
    assertThat(cluster.node("n1").unschedulable()).isTrue();
  }

  @Test
  void watchesThePodsOfANode() {
    api.watchPods("n1", seen::add);
    api.advance(Duration.ZERO);
    assertThat(names()).containsExactly("web-1", "web-2");
    cluster.add(new PodFields("shop", "late").on("n1"));
    cluster.add(new PodFields("shop", "elsewhere").on("n2"));
    api.advance(Duration.ofMillis(1));
    assertThat(names()).containsExactly("late", "web-1", "web-2");
    cluster.delete("shop", "late", DeleteWish.PLAIN.within(Duration.ZERO));
    api.advance(Duration.ofMillis(1));
    assertThat(names()).containsExactly("web-1", "web-2");
  }

  @Test
  void tellsNothingOnceItIsClosed() {
    Cluster.Watching watching = api.watchPods("n1", seen::add);
    api.advance(Duration.ZERO);
    int before = seen.size();
    cluster.add(new PodFields("shop", "late").on("n1"));

    watching.close();
    api.advance(Duration.ofMinutes(1));

    assertThat(seen).hasSize(before);
  }

  @Test
  @DisplayName("K37 a watch that cannot be had again leaves the view to grow old")
  void theViewGrowsOld() {
    api.watchPods("n1", seen::add);
    api.advance(Duration.ofSeconds(1));
    api.faults().everything(Fault.RESET_BEFORE);
    api.closeWatches();
    api.advance(Duration.ofSeconds(50));
    assertThat(seen.getLast().view().completeAt()).contains(TEN);
    api.faults().heal();
    api.advance(Duration.ofSeconds(30));
    assertThat(seen.getLast().view().isFreshAt(cluster.now())).isTrue();
  }

  @Test
  @DisplayName("K38 a watch that expired begins with a list")
  void relistsAfter410() {
    api.watchPods("n1", seen::add);
    api.advance(Duration.ofSeconds(1));
    api.forgetRequests();
    api.expireWatches();
    api.advance(Duration.ZERO);
    assertThat(api.requests())
        .extracting(ModelRequest::text)
        .containsExactly("list pods n1", "watch pods n1");
  }

  @Test
  void aLostEventIsFoundByTheCrossCheck() {
    api.watchPods("n1", seen::add);
    api.advance(Duration.ofSeconds(1));
    api.loseWatchEvents(1);
    cluster.add(new PodFields("shop", "late").on("n1"));
    api.advance(Duration.ofSeconds(10));
    assertThat(names()).doesNotContain("late");
    api.advance(Duration.ofSeconds(10));
    assertThat(names()).contains("late");
    assertThat(seen.getLast().disagreements()).isEqualTo(1);
  }

  @Test
  void tellsOfANodeAndOfItsEnd() {
    List<NodeReading> readings = new ArrayList<>();
    api.watchNode("n1", readings::add);
    api.advance(Duration.ZERO);
    cluster.cordon("n1", true);
    cluster.deleteNode("n1");
    api.advance(Duration.ZERO);
    assertThat(readings)
        .hasExactlyElementsOfTypes(
            NodeReading.Found.class, NodeReading.Found.class, NodeReading.Gone.class);
  }

  @Test
  void tellsOfAllNodes() {
    List<String> told = new ArrayList<>();
    api.watchNodes(
        new Cluster.NodeListener() {
          @Override
          public void is(NodeFacts node) {
            told.add(node.name());
          }

          @Override
          public void isGone(String name) {
            told.add("-" + name);
          }
        });
    api.advance(Duration.ZERO);
    cluster.addNode("n3");
    api.advance(Duration.ZERO);
    api.faults().everything(Fault.UNAVAILABLE);
    api.closeWatches();
    api.advance(Duration.ofSeconds(5));
    cluster.deleteNode("n2");
    api.faults().heal();
    api.advance(Duration.ofSeconds(30));
    assertThat(told).containsExactly("n1", "n2", "n3", "-n2", "n1", "n3");
  }

  @Test
  @DisplayName("K41 a rotated token fails everything until it is read again")
  void failsUntilTheTokenIsRead() {
    api.rotateToken();
    assertThat(api.readNode("n1")).isInstanceOf(NodeReading.Unknown.class);
    api.readToken();
    assertThat(api.readNode("n1")).isInstanceOf(NodeReading.Found.class);
    assertThat(api.tokenReads()).isEqualTo(1);
  }

  @Test
  void faultsEndAfterTheirNumberOrTheirTime() {
    api.faults().times(Verb.GET_NODE, Fault.UNAVAILABLE, 2);
    assertThat(api.readNode("n1")).isInstanceOf(NodeReading.Unknown.class);
    assertThat(api.readNode("n1")).isInstanceOf(NodeReading.Unknown.class);
    assertThat(api.readNode("n1")).isInstanceOf(NodeReading.Found.class);
    api.faults().during(Verb.GET_NODE, Fault.UNAVAILABLE, Duration.ofMinutes(10));
    api.advance(Duration.ofMinutes(9));
    assertThat(api.readNode("n1")).isInstanceOf(NodeReading.Unknown.class);
    api.advance(Duration.ofMinutes(1));
    assertThat(api.readNode("n1")).isInstanceOf(NodeReading.Found.class);
  }

  static List<Fault> matrix() {
    return Fault.matrix();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("matrix")
  void aFaultDoesWhatItSays(Fault fault) {
    api.faults().forever(any -> true, fault);

    evict("web-1");
    WriteAnswer written = api.patchNode("n1", cordon());
    NodeReading read = api.readNode("n1");
    PodListing listing = api.listPods("n1");
    api.advance(Duration.ofSeconds(10));

    assertThat(cluster.node("n1").unschedulable()).isEqualTo(fault.commits());
    assertThat(cluster.findPod("shop", "web-1").isEmpty()).isEqualTo(fault.commits());
    assertThat(answers).hasSize(1);
    assertThat(written instanceof WriteAnswer.Done).isEqualTo(fault == Fault.SLOW);
    assertThat(read instanceof NodeReading.Found).isEqualTo(fault == Fault.SLOW);
    assertThat(listing instanceof PodListing.Complete).isEqualTo(fault == Fault.SLOW);
  }

  @Test
  void theMatrixHasItsSize() {
    assertThat(Fault.matrix()).hasSize(23);
    assertThat(Verb.ofTheFaultMatrix()).hasSize(8);
  }
}
