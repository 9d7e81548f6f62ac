package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.cluster.StatefulCluster.Permission;
import io.drainwatch.drainer.cluster.StatefulCluster.Right;
import io.drainwatch.drainer.model.ShelfServer;
import io.drainwatch.drainer.scaledown.Attempts;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.NodeStanding;
import io.drainwatch.drainer.scaledown.Notice;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets, claims and their pods over a socket. */
class StatefulClusterTest {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims";
  private static final String SETS = "/apis/apps/v1/namespaces/shop/statefulsets";

  @TempDir Path directory;
  private final ShelfServer server = new ShelfServer();
  private FabricCluster connection;
  private StatefulCluster cluster;

  @BeforeEach
  void connect() throws IOException {
    connection =
        FabricCluster.connect(
            ClusterConnection.of(
                server.writeKubeconfig(directory.resolve("kubeconfig")),
                "drainwatch.io/drainer",
                "test"),
            InstantSource.system());
    cluster = connection.stateful();
  }

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  private static JsonNode tree(String json) {
    return ApiJson.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private SetFacts set() {
    server.add(SETS, "{\"metadata\":{\"name\":\"db\",\"finalizers\":[\"a/b\"]}}");
    return ((Found.There<SetFacts>) cluster.readSet("shop", "db")).object();
  }

  @Test
  @DisplayName("D15 a pod or claim is deleted by its UID, not by its name")
  void deletesByUid() {
    server.add(PODS, "{\"metadata\":{\"name\":\"db-1\"}}");
    server.add(CLAIMS, "{\"metadata\":{\"name\":\"data-db-1\"}}");
    OrdinalPod pod = ((Found.There<OrdinalPod>) cluster.readPod("shop", "db-1")).object();
    ClaimFacts older =
        new ClaimFacts("shop", "data-db-1", "older", "", false, false, Instant.EPOCH);

    assertThat(cluster.deleteClaim(older)).isInstanceOf(ObjectAnswer.Conflict.class);
    assertThat(server.paths(CLAIMS)).hasSize(1);
    server.remove(PODS + "/db-1");
    server.add(PODS, "{\"metadata\":{\"name\":\"db-1\"}}");
    assertThat(cluster.deletePod(pod)).isInstanceOf(ObjectAnswer.Conflict.class);
    assertThat(server.paths(PODS)).hasSize(1);
    OrdinalPod newer = ((Found.There<OrdinalPod>) cluster.readPod("shop", "db-1")).object();
    assertThat(cluster.deletePod(newer)).isEqualTo(new ObjectAnswer.Done());
    assertThat(cluster.deletePod(newer)).isEqualTo(new ObjectAnswer.Gone());
  }

  @Test
  @DisplayName("D15 a claim, and a pod where it matters, is deleted only as it was read")
  void deletesWhatHasNotChanged() {
    server.add(PODS, "{\"metadata\":{\"name\":\"db-1\"}}");
    server.add(CLAIMS, "{\"metadata\":{\"name\":\"data-db-1\"}}");
    OrdinalPod pod = pod();
    ClaimFacts claim = claim();
    server.change(PODS + "/db-1", it -> it.putObject("status").put("phase", "Pending"));
    server.change(CLAIMS + "/data-db-1", it -> it.putObject("status").put("phase", "Bound"));

    assertThat(cluster.deleteUnchanged(pod)).isInstanceOf(ObjectAnswer.Conflict.class);
    assertThat(cluster.deleteClaim(claim)).isInstanceOf(ObjectAnswer.Conflict.class);
    assertThat(server.paths(PODS)).hasSize(1);
    assertThat(server.paths(CLAIMS)).hasSize(1);
    assertThat(cluster.deleteUnchanged(pod())).isEqualTo(new ObjectAnswer.Done());
    assertThat(cluster.deleteClaim(claim())).isEqualTo(new ObjectAnswer.Done());
  }

  private OrdinalPod pod() {
    return ((Found.There<OrdinalPod>) cluster.readPod("shop", "db-1")).object();
  }

  private ClaimFacts claim() {
    return ((StatefulCluster.Listed.Complete<ClaimFacts>) cluster.listClaims("shop"))
        .items()
        .getFirst();
  }

  @Test
  @DisplayName("D07 a patch on an old version is a conflict, and changes nothing")
  void patchesWhatItHasSeen() {
    SetFacts set = set();
    String patch =
        "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"%s\"},"
            + "{\"op\":\"add\",\"path\":\"/metadata/finalizers/-\",\"value\":\"c/d\"}]";

    assertThat(cluster.patchSet(set.id(), patch.formatted("0")))
        .isInstanceOf(ObjectAnswer.Conflict.class);
    assertThat(cluster.patchSet(set.id(), patch.formatted(set.resourceVersion())))
        .isEqualTo(new ObjectAnswer.Done());
    assertThat(((Found.There<SetFacts>) cluster.readSet("shop", "db")).object().finalizers())
        .containsExactly("a/b", "c/d");
  }

  @Test
  void tellsWhatIsThereAndWhatBecomesOfIt() throws InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    server.add(CLAIMS, "{\"metadata\":{\"name\":\"data-db-0\"}}");
    server.add(CLAIMS, "{\"metadata\":{\"name\":\"nobodys\"}}");
    cluster.watchClaims(
        "",
        new StatefulCluster.Listener<>() {
          @Override
          public void are(List<ClaimFacts> all) {
            told.add("are " + all.stream().map(ClaimFacts::name).toList());
          }

          @Override
          public void is(ClaimFacts one) {
            told.add("is " + one.name());
          }

          @Override
          public void isGone(ClaimFacts one) {
            told.add("gone " + one.name());
          }
        });
    assertThat(Fixture.next(told)).isEqualTo("are [data-db-0]");
    server.add(CLAIMS, "{\"metadata\":{\"name\":\"other\"}}");
    server.add(CLAIMS, "{\"metadata\":{\"name\":\"data-db-1\"}}");
    assertThat(Fixture.next(told)).isEqualTo("is data-db-1");
    server.remove(CLAIMS + "/data-db-0");
    assertThat(Fixture.next(told)).isEqualTo("gone data-db-0");
  }

  @Test
  @DisplayName("D03 asks what it may do")
  void asksWhatItMayDo() {
    Right patch = new Right("patch", "apps", "statefulsets", "", "shop");
    assertThat(cluster.mayWe(patch)).isEqualTo(Permission.GRANTED);
    server.deny("patch statefulsets");
    assertThat(cluster.mayWe(patch)).isEqualTo(Permission.MISSING);
    server.close();
    assertThat(cluster.mayWe(patch)).isEqualTo(Permission.UNKNOWN);
  }

  @Test
  void anEventIsOnTheSetAndNoLongerThanTheServerTakes() throws InterruptedException {
    cluster.tell(
        new SetNews(
            Notice.INVALID_TEMPLATE, new SetId("shop", "db", "uid-of-db"), "ä".repeat(2_000)));
    String events = "/apis/events.k8s.io/v1/namespaces/shop/events";
    JsonNode event = server.find(server.awaitOne(events)).orElseThrow();
    assertThat(event.at("/regarding/kind").asText()).isEqualTo("StatefulSet");
    assertThat(event.at("/regarding/uid").asText()).isEqualTo("uid-of-db");
    assertThat(event.path("type").asText()).isEqualTo("Warning");
    assertThat(event.path("note").asText().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(1_024);
  }

  @Test
  void tellsWhichNodesAreUnderMaintenanceAndWhatTheirTaintsAre() throws InterruptedException {
    BlockingQueue<NodeStanding> told = new LinkedBlockingQueue<>();
    String nodes = "/api/v1/nodes";
    server.add(nodes, "{\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"}}");
    cluster.watchNodes(
        new StatefulCluster.Listener<>() {
          @Override
          public void are(List<NodeStanding> all) {
            told.addAll(all);
          }

          @Override
          public void is(NodeStanding one) {
            told.add(one);
          }

          @Override
          public void isGone(NodeStanding one) {
            told.add(one);
          }
        });
    assertThat(Fixture.next(told)).isEqualTo(new NodeStanding("n1", false, Set.of()));
    server.change(
        nodes + "/n1",
        node -> {
          node.withObject("/spec").put("unschedulable", true);
          node.withObject("/spec")
              .set(
                  "taints",
                  tree(
                      """
                      [{"key":"node.kubernetes.io/unschedulable","effect":"NoSchedule"},
                       {"key":"drainwatch.io/maintenance","value":"Reboot","effect":"NoSchedule"},
                       {"key":"pool","value":"db","effect":"NoSchedule"},
                       {"key":"other","effect":"NoExecute"}]
                      """));
        });
    assertThat(Fixture.next(told)).isEqualTo(new NodeStanding("n1", false, Set.of("pool")));
    server.change(
        nodes + "/n1",
        node ->
            node.withObject("/metadata")
                .withObject("/annotations")
                .put("drainwatch.io/maintenance", "{}"));
    assertThat(Fixture.next(told)).isEqualTo(new NodeStanding("n1", true, Set.of("pool")));
    server.change(nodes + "/n1", node -> node.withObject("/spec").remove("unschedulable"));
    assertThat(Fixture.next(told)).isEqualTo(new NodeStanding("n1", false, Set.of("pool")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'phase':'Pending'}|false",
        "{'phase':'Pending','containerStatuses':[{'state':{'waiting':{'reason':'ContainerCreating'}}}]}|false",
        "{'phase':'Pending','initContainerStatuses':[{'state':{'running':{}}}]}|true",
        "{'phase':'Pending','initContainerStatuses':[{'state':{'terminated':{'exitCode':0}}}]}|true",
        "{'phase':'Pending','containerStatuses':[{'state':{'waiting':{}}},{'state':{'running':{}}}]}|true",
        "{'phase':'Pending','initContainerStatuses':[{'state':{'waiting':{}},'restartCount':2}]}|true",
        "{'phase':'Pending','initContainerStatuses':[{'state':{'waiting':{}},'lastState':{'terminated':{}}}]}|true",
        "{'phase':'Running'}|true",
        "{'phase':'Failed'}|true"
      })
  void tellsWhetherAPodHasBegun(String status, boolean begun) {
    server.add(
        PODS,
        "{\"metadata\":{\"name\":\"db-1\",\"annotations\":{"
            + "\"drainwatch.io/scaledown-owner\":\"db\","
            + "\"drainwatch.io/scaledown-template\":\"a.b\"}},"
            + "\"spec\":{\"nodeName\":\"n1\"},\"status\":"
            + status.replace('\'', '"')
            + "}");

    assertThat(pod().hasBegun()).isEqualTo(begun);
    assertThat(pod().node()).isEqualTo("n1");
    assertThat(pod().template()).isEqualTo("a.b");
    PodListing drained = connection.listPods("n1");
    assertThat(((PodListing.Complete) drained).pods())
        .singleElement()
        .satisfies(each -> assertThat(each.hasBegun()).isEqualTo(begun));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'phase':'Pending'}|false",
        "{'phase':'Pending','initContainerStatuses':[{'name':'move','state':{'running':{}}}]}|true",
        "{'phase':'Pending','initContainerStatuses':[{'name':'move','state':{'terminated':{'exitCode':0}}}]}|false",
        "{'phase':'Pending','initContainerStatuses':[{'name':'mesh','state':{'running':{}}}]}|false",
        "{'phase':'Pending','containerStatuses':[{'state':{'waiting':{}}},{'state':{'running':{}}}]}|true",
        "{'phase':'Pending','containerStatuses':[{'state':{'waiting':{'reason':'ImagePullBackOff'}}}]}|false",
        "{'phase':'Running'}|true"
      })
  void tellsWhetherAPodIsAtWork(String status, boolean atWork) {
    server.add(
        PODS,
        ("{'metadata':{'name':'db-1'},'spec':{'initContainers':"
                + "[{'name':'mesh','restartPolicy':'Always'},{'name':'move'}]},'status':"
                + status
                + "}")
            .replace('\'', '"'));

    assertThat(pod().isAtWork()).isEqualTo(atWork);
    assertThat(((StatefulCluster.Listed.Complete<OrdinalPod>) cluster.listPods("shop")).items())
        .singleElement()
        .satisfies(each -> assertThat(each.isAtWork()).isEqualTo(atWork));
  }

  @Test
  @DisplayName("D06 how often clean-ups were tried is read from the set")
  void readsAttempts() {
    server.add(
        SETS,
        "{\"metadata\":{\"name\":\"db\",\"annotations\":{"
            + "\"drainwatch.io/scaledown-attempts\":\"1=3\"}}}");
    SetFacts set = ((Found.There<SetFacts>) cluster.readSet("shop", "db")).object();

    assertThat(set.attempts()).isEqualTo(Attempts.of("1=3"));
  }
}
