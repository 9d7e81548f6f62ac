package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing one Node. */
class NodeWireTest {
  private static final NodePatch CORDON =
      new NodePatch("41", new TreeMap<>(), new TreeMap<>(), Optional.of(true), Optional.empty());

  private final ApiDouble api = new ApiDouble();
  private final FabricCluster cluster = Fixture.cluster(api);

  @AfterEach
  void close() throws IOException {
    cluster.close();
    api.close();
  }

  @Test
  void readsANode() {
    api.when("GET", ApiDouble.json(200, Fixture.node("n1", 42)));

    NodeReading reading = cluster.readNode("n1");

    assertThat(reading)
        .isInstanceOfSatisfying(
            NodeReading.Found.class,
            found -> {
              NodeFacts node = found.node();
              assertThat(node.resourceVersion()).isEqualTo("42");
              assertThat(node.bootId()).isEqualTo("boot-1");
              assertThat(node.labels()).containsEntry("pool", "a");
            });
    assertThat(api.requests()).singleElement().extracting("path").isEqualTo("/api/v1/nodes/n1");
  }

  @Test
  @DisplayName("what a maintenance begins with is rehearsed on trial, and changes nothing")
  void rehearsesOnTrial() {
    api.when("PATCH", ApiDouble.json(200, Fixture.node("n1", 42)));

    assertThat(cluster.rehearsePatch("n1")).isInstanceOf(WriteAnswer.Done.class);

    assertThat(api.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo("/api/v1/nodes/n1?dryRun=All");
              assertThat(request.body()).isEqualTo("{}");
            });
  }

  @Test
  @DisplayName("a Node that may not be patched is known from the rehearsal")
  void tellsThatANodeMayNotBePatched() {
    api.when("PATCH", ApiDouble.json(403, Fixture.status(403, "Forbidden", "cannot patch")));

    assertThat(cluster.rehearsePatch("n1"))
        .isInstanceOfSatisfying(
            WriteAnswer.Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
  }

  @Test
  @DisplayName("K52 a Node is gone when the server says so")
  void readsAbsence() {
    api.when("GET", ApiDouble.json(404, Fixture.absent("nodes", "n1")));

    assertThat(cluster.readNode("n1")).isEqualTo(new NodeReading.Gone());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "404 page not found",
        "<html>404</html>",
        "{}",
        "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"details\":{\"kind\":\"namespaces\",\"name\":\"n1\"}}",
        "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"details\":{\"kind\":\"nodes\",\"name\":\"n2\"}}"
      })
  @DisplayName("a 404 of something else is not the absence of the Node")
  void isNotGoneByAnother404(String body) {
    api.when("GET", ApiDouble.json(404, body));

    assertThat(cluster.readNode("n1")).isInstanceOf(NodeReading.Unknown.class);
    assertThat(cluster.patchNode("n1", CORDON)).isNotInstanceOf(WriteAnswer.Gone.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 410, 429, 500, 503})
  void doesNotKnowWhenItIsRefused(int status) {
    api.when("GET", ApiDouble.json(status, Fixture.status(status, "X", "told")));

    assertThat(cluster.readNode("n1"))
        .isInstanceOfSatisfying(
            NodeReading.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("HTTP " + status).contains("told"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "<html>", "{\"kind\":\"Pod\"}", "{\"kind\":\"Node\",\"metadata\":{}}"})
  void doesNotKnowByA200ThatIsNoNode(String body) {
    api.when("GET", ApiDouble.json(200, body));

    assertThat(cluster.readNode("n1")).isInstanceOf(NodeReading.Unknown.class);
  }

  @Test
  @DisplayName("a patch is one request with the version inside, and no GET before it")
  void patches() {
    api.when("PATCH", ApiDouble.json(200, Fixture.node("n1", 43)));

    WriteAnswer answer = cluster.patchNode("n1", CORDON);

    assertThat(answer)
        .isInstanceOfSatisfying(
            WriteAnswer.Done.class,
            done -> assertThat(done.node().resourceVersion()).isEqualTo("43"));
    assertThat(api.requests())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.method()).isEqualTo("PATCH");
              assertThat(sent.path()).isEqualTo("/api/v1/nodes/n1");
              assertThat(sent.headers().get("content-type"))
                  .startsWith("application/strategic-merge-patch+json");
              assertThat(sent.body())
                  .isEqualTo(
                      "{\"metadata\":{\"resourceVersion\":\"41\"},\"spec\":{\"unschedulable\":true}}");
            });
  }

  @Test
  void patchesConditionsOnTheStatus() {
    api.when("PATCH", ApiDouble.json(200, Fixture.node("n1", 43)));

    cluster.patchConditions(
        "n1", new ConditionPatch("41", List.of(), List.of(ConditionType.DRAINED), Instant.EPOCH));

    assertThat(api.requests())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.path()).isEqualTo("/api/v1/nodes/n1/status");
              assertThat(sent.body()).contains("\"$patch\":\"delete\"").contains("\"41\"");
            });
  }

  @Test
  @DisplayName("K75 K80 a stale patch is a conflict, after one request")
  void isAConflict() {
    api.when("PATCH", ApiDouble.json(409, Fixture.status(409, "Conflict", "modified")));

    assertThat(cluster.patchNode("n1", CORDON)).isEqualTo(new WriteAnswer.Conflict());
    assertThat(api.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 405, 413, 415, 422})
  void isRefused(int status) {
    api.when("PATCH", ApiDouble.json(status, Fixture.status(status, "X", "denied by policy")));

    assertThat(cluster.patchNode("n1", CORDON))
        .isInstanceOfSatisfying(
            WriteAnswer.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.why()).contains("denied by policy");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 408, 429, 500, 502, 503, 504})
  void isUnclear(int status) {
    api.when("PATCH", ApiDouble.json(status, Fixture.status(status, "X", "y"), "Retry-After: 1"));

    assertThat(cluster.patchNode("n1", CORDON)).isInstanceOf(WriteAnswer.Unclear.class);
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void isUnclearWithoutAWholeAnswer() throws IOException {
    api.when("PATCH", ApiDouble.reset(), ApiDouble.truncated(200, Fixture.node("n1", 4)));

    assertThat(cluster.patchNode("n1", CORDON)).isInstanceOf(WriteAnswer.Unclear.class);
    assertThat(cluster.patchNode("n1", CORDON)).isInstanceOf(WriteAnswer.Unclear.class);
    assertThat(api.requests()).hasSize(2);
  }

  @Test
  void isGone() {
    api.when("PATCH", ApiDouble.json(404, Fixture.absent("nodes", "n1")));

    assertThat(cluster.patchNode("n1", CORDON)).isEqualTo(new WriteAnswer.Gone());
  }

  @Test
  void blocksNoLongerThanItsLimit() {
    api.when("GET", api.silence()).when("PATCH", api.stuck(200, "{"));
    try (FabricCluster hasty = Fixture.cluster(api, Duration.ofMillis(200), Fixture.QUICK)) {
      assertThat(hasty.readNode("n1"))
          .isInstanceOfSatisfying(
              NodeReading.Unknown.class, unknown -> assertThat(unknown.why()).contains("TIMEOUT"));
      assertThat(hasty.patchNode("n1", CORDON)).isInstanceOf(WriteAnswer.Unclear.class);
    }
  }

  @Test
  void encodesNames() {
    api.when("GET", ApiDouble.json(404, "{}"));

    cluster.readNode("../secrets?x=y z");

    assertThat(api.requests().getFirst().path())
        .isEqualTo("/api/v1/nodes/..%2Fsecrets%3Fx%3Dy%20z");
  }

  @Test
  void asksOnceWhetherEvictionsAreKnown() {
    api.when(
        "GET",
        ApiDouble.json(500, "{}"),
        ApiDouble.json(200, "{\"resources\":[{\"name\":\"pods/eviction\"}]}"));

    assertThat(cluster.knowsEvictions()).as("not to be found out").isTrue();
    assertThat(cluster.knowsEvictions()).isTrue();
    assertThat(api.requests()).singleElement().extracting("path").isEqualTo("/api/v1");
  }

  @Test
  void knowsOfAServerWithoutEvictions() {
    api.when("GET", ApiDouble.json(200, "{\"resources\":[{\"name\":\"pods\"}]}"));

    assertThat(cluster.knowsEvictions()).isFalse();
  }
}
