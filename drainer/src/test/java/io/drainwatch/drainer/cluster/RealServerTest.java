package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.evictions.AnswerTable;
import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionOutcome;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.evictions.Pods;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodes.NodeCondition;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.pods.PodFacts;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Against the API server that KUBECONFIG names; one without controllers will do. Makes a namespace
 * and a Node of its own, and leaves the namespace behind.
 */
@Tag("cluster")
class RealServerTest {
  private final String node = "drainwatch-test-" + UUID.randomUUID();
  private final String namespace = node;
  private final BlockingQueue<EvictionAnswer> answers = new LinkedBlockingQueue<>();
  private Optional<FabricCluster> connected = Optional.empty();
  private Optional<Wire> raw = Optional.empty();

  @BeforeEach
  void begin() {
    String file = System.getenv().getOrDefault("KUBECONFIG", "");
    assumeThat(file).as("KUBECONFIG names no file: no real server to test against").isNotBlank();
    ClusterConnection connection =
        ClusterConnection.of(Path.of(file), "drainwatch.io/drainer", "test");
    connected = Optional.of(FabricCluster.connect(connection, InstantSource.system()));
    Config config = Configs.of(connection);
    FreshToken token = new FreshToken(config, InstantSource.system());
    raw = Optional.of(new Wire(OneTryHttp.of(config, token), config, token, Wire.LIMIT));
    make("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + namespace + "\"}}");
    make(path("serviceaccounts"), "{\"metadata\":{\"name\":\"default\"}}");
    make("/api/v1/nodes", "{\"metadata\":{\"name\":\"" + node + "\"}}");
  }

  @AfterEach
  void end() {
    raw.ifPresent(
        wire -> {
          wire.ask(Asked.delete("/api/v1/nodes/" + node, "{}", Asked.OBJECT_BYTES));
          wire.close();
        });
    connected.ifPresent(FabricCluster::close);
  }

  private FabricCluster cluster() {
    return connected.orElseThrow();
  }

  private String path(String resource) {
    return "/api/v1/namespaces/" + namespace + "/" + resource;
  }

  private JsonNode make(String path, String json) {
    return done(Asked.post(path, json, Asked.OBJECT_BYTES));
  }

  private JsonNode done(Asked asked) {
    Reply reply = raw.orElseThrow().ask(asked);
    assertThat(reply).as(reply.told()).isInstanceOf(Reply.Http.class);
    Reply.Http http = (Reply.Http) reply;
    assertThat(http.status()).as(http.why()).isBetween(200, 201);
    return http.json().orElseThrow();
  }

  private EvictablePod pod(String name) {
    JsonNode made =
        make(
            path("pods"),
            """
            {"metadata":{"name":"%s","labels":{"app":"%1$s"}},"spec":{"nodeName":"%s",
            "automountServiceAccountToken":false,"containers":[{"name":"c","image":"i"}]}}\
            """
                .formatted(name, node));
    done(
        Asked.patch(
            path("pods/" + name + "/status"),
            """
            {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}\
            """));
    return evictable(name, made.path("metadata").path("uid").asText());
  }

  private EvictablePod evictable(String name, String uid) {
    return Pods.named(uid, namespace, name);
  }

  private EvictionOutcome evict(EvictablePod pod) throws InterruptedException {
    cluster().send(new EvictionRequest.Evict(pod, 1, Optional.empty()), answers::add);
    return AnswerTable.read(
        Fixture.next(answers), pod, AnswerTable.Verb.EVICTION, cluster().knowsEvictions());
  }

  private NodeFacts read() {
    return ((NodeReading.Found) cluster().readNode(node)).node();
  }

  private static NodePatch unschedulable(NodeFacts node, boolean value) {
    return new NodePatch(
        node.resourceVersion(),
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.of(value),
        Optional.empty());
  }

  @Test
  @DisplayName("L6 patches of a Node are conditional, and its watch tells of them and of its end")
  void patchesAndWatchesANode() throws InterruptedException {
    BlockingQueue<NodeReading> seen = new LinkedBlockingQueue<>();
    cluster().watchNode(node, seen::add);
    NodeFacts before = ((NodeReading.Found) Fixture.next(seen)).node();

    WriteAnswer done = cluster().patchNode(node, unschedulable(before, true));

    assertThat(done).isInstanceOf(WriteAnswer.Done.class);
    assertThat(((NodeReading.Found) Fixture.next(seen)).node().unschedulable()).isTrue();
    assertThat(cluster().patchNode(node, unschedulable(before, false)))
        .isEqualTo(new WriteAnswer.Conflict());
    assertThat(read().unschedulable()).isTrue();
    NodeCondition drained =
        new NodeCondition(ConditionType.DRAINED, true, "DrainCompleted", "all gone", Instant.EPOCH);
    assertThat(
            cluster()
                .patchConditions(
                    node,
                    new ConditionPatch(
                        read().resourceVersion(), List.of(drained), List.of(), Instant.EPOCH)))
        .isInstanceOf(WriteAnswer.Done.class);
    assertThat(read().conditions()).containsExactly(drained);

    done(Asked.delete("/api/v1/nodes/" + node, "{}", Asked.OBJECT_BYTES));

    Fixture.until(seen, new NodeReading.Gone()::equals);
    assertThat(cluster().readNode(node)).isEqualTo(new NodeReading.Gone());
    assertThat(cluster().patchNode(node, unschedulable(before, false)))
        .isEqualTo(new WriteAnswer.Gone());
  }

  @Test
  @DisplayName("L6 budgets: read with their selectors; a status that allows disruptions is told")
  void readsBudgets() throws InterruptedException {
    EvictablePod b = pod("b");
    String budgets = "/apis/policy/v1/namespaces/" + namespace + "/poddisruptionbudgets";
    make(
        budgets,
        """
        {"metadata":{"name":"keep-b"},"spec":{"minAvailable":1,"selector":{"matchExpressions":[
        {"key":"app","operator":"In","values":["b","c"]}]}}}\
        """);
    BlockingQueue<BudgetsSeen> seen = new LinkedBlockingQueue<>();
    BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    Cluster.BudgetListener listener =
        new Cluster.BudgetListener() {
          @Override
          public void seen(BudgetsSeen all) {
            seen.add(all);
          }

          @Override
          public void opened(String where, String name) {
            opened.add(where + "/" + name);
          }

          @Override
          public boolean waitsFor(String where, String name) {
            return where.equals(namespace);
          }
        };
    cluster().watchBudgets(listener);
    PodFacts pod =
        ((PodListing.Complete) cluster().listPods(node))
            .pods().stream().filter(each -> each.uid().equals(b.uid())).findFirst().orElseThrow();
    assertThat(Fixture.until(seen, BudgetsSeen::isKnown).of(pod)).containsExactly("keep-b");

    done(
        Asked.patch(
            budgets + "/keep-b/status",
            """
            {"status":{"observedGeneration":1,"disruptionsAllowed":1,"currentHealthy":2,
            "desiredHealthy":1,"expectedPods":2}}\
            """));
    assertThat(Fixture.next(opened)).isEqualTo(namespace + "/keep-b");
    assertThat(evict(b)).isInstanceOf(EvictionOutcome.Accepted.class);
  }

  @Test
  @DisplayName("L6 evictions: accepted once, refused for another UID, blocked by a budget")
  void evicts() throws InterruptedException {
    EvictablePod a = pod("a");
    EvictablePod b = pod("b");
    make(
        "/apis/policy/v1/namespaces/" + namespace + "/poddisruptionbudgets",
        """
        {"metadata":{"name":"keep-b"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"b"}}}}\
        """);
    BlockingQueue<PodsSeen> seen = new LinkedBlockingQueue<>();
    cluster().watchPods(node, seen::add);
    assertThat(Fixture.next(seen).view().pods()).hasSize(2).allMatch(PodFacts::ready);

    assertThat(evict(evictable("a", UUID.randomUUID().toString())))
        .isInstanceOf(EvictionOutcome.Replaced.class);
    assertThat(evict(a)).isInstanceOf(EvictionOutcome.Accepted.class);
    Fixture.until(seen, each -> each.view().pods().stream().anyMatch(PodFacts::isTerminating));
    assertThat(evict(b))
        .isInstanceOfSatisfying(
            EvictionOutcome.Blocked.class,
            blocked ->
                assertThat(blocked.cause()).isIn(BlockedCause.PDB_PENDING, BlockedCause.PDB));
    done(
        Asked.delete(
            path("pods/a"), "{\"gracePeriodSeconds\":0}", Asked.OBJECT_BYTES)); // as the kubelet
    PodsSeen one = Fixture.until(seen, each -> each.view().pods().size() == 1);
    assertThat(one.serverAhead()).isBetween(Duration.ofSeconds(-5), Duration.ofSeconds(5));
    assertThat(evict(a)).isInstanceOf(EvictionOutcome.Gone.class);

    cluster()
        .send(
            new EvictionRequest.Delete(
                b, 1, Optional.of(Duration.ofSeconds(1)), EvictionRequest.Why.FORCED),
            answers::add);
    assertThat(AnswerTable.read(Fixture.next(answers), b, AnswerTable.Verb.DELETE, true))
        .isInstanceOf(EvictionOutcome.Accepted.class);
    assertThat(cluster().listPods(node))
        .isInstanceOfSatisfying(
            PodListing.Complete.class, all -> assertThat(all.pods()).hasSize(1));
    done(Asked.delete(path("pods/b"), "{\"gracePeriodSeconds\":0}", Asked.OBJECT_BYTES));
  }

  @Test
  @DisplayName("L6 a Lease goes from one to the other")
  void handsOverALease() throws InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (LeaderLease first = cluster().lease(namespace, "leader", "one", listener("one", told));
        LeaderLease second = cluster().lease(namespace, "leader", "two", listener("two", told))) {
      first.stand();
      assertThat(Fixture.next(told)).isEqualTo("one gained");
      second.stand();
      first.release();
      assertThat(Fixture.next(told)).isEqualTo("one lost");
      assertThat(Fixture.next(told)).isEqualTo("two gained");
      assertThat(first.isHeld()).isFalse();
      assertThat(second.isHeld()).isTrue();
    }
  }

  private static LeaderLease.Listener listener(String name, BlockingQueue<String> told) {
    return new LeaderLease.Listener() {
      @Override
      public void gained() {
        told.add(name + " gained");
      }

      @Override
      public void lost() {
        told.add(name + " lost");
      }
    };
  }

  @Test
  @DisplayName("L6 an Event is taken, and all Nodes are told of")
  void sendsEventsAndWatchesAllNodes() throws InterruptedException {
    String uid = read().uid();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    String watch = "/apis/events.k8s.io/v1/namespaces/default/events";
    try (WatchStream events = events(watch)) {
      cluster().tell(new NodeNews(NodeNotice.CORDONED, node, uid, Optional.empty(), "by a test"));
      String about = "";
      while (!about.equals(node)) {
        about = next(events).object().path("regarding").path("name").asText();
      }
    }
    cluster()
        .watchNodes(
            new Cluster.NodeListener() {
              @Override
              public void is(NodeFacts each) {
                told.add(each.name());
              }

              @Override
              public void isGone(String name) {
                told.add(name + " gone");
              }
            });
    Fixture.until(told, node::equals);
    done(Asked.delete("/api/v1/nodes/" + node, "{}", Asked.OBJECT_BYTES));
    Fixture.until(told, (node + " gone")::equals);
  }

  private WatchStream events(String path) {
    try {
      String version = done(Asked.get(path)).path("metadata").path("resourceVersion").asText();
      return WatchStream.open(raw.orElseThrow(), path, "", version, Duration.ofSeconds(30));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static WatchStream.Event next(WatchStream events) {
    try {
      return events.next().orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
