package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.nodes.NodeNotice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token of a kubeconfig, and Events. */
class TokenAndEventsTest {
  private final ApiDouble api = new ApiDouble();
  private @TempDir Path directory;

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private FabricCluster byFile(String token) throws IOException {
    return FabricCluster.connect(
        ClusterConnection.of(kubeconfig(token), "drainwatch.io/drainer", "drainer-0"),
        InstantSource.system());
  }

  private Path kubeconfig(String token) throws IOException {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: k, user: u}}]
        clusters: [{name: k, cluster: {server: "%s"}}]
        users: [{name: u, user: {token: "%s"}}]
        """
            .formatted(api.address(), token));
  }

  private String tokenOf(int request) {
    return api.requests().get(request).headers().get("authorization");
  }

  @Test
  @DisplayName("K41 after a 401 the next request reads the token again; none is repeated")
  void readsTheTokenAgain() throws IOException {
    api.when(
        "GET",
        ApiDouble.json(401, Fixture.status(401, "Unauthorized", "expired")),
        ApiDouble.json(200, Fixture.node("n1", 1)));
    try (FabricCluster cluster = byFile("old")) {
      kubeconfig("new");

      assertThat(cluster.readNode("n1")).isInstanceOf(NodeReading.Unknown.class);
      assertThat(api.requests()).hasSize(1);
      assertThat(cluster.readNode("n1")).isInstanceOf(NodeReading.Found.class);
      assertThat(tokenOf(0)).isEqualTo("Bearer old");
      assertThat(tokenOf(1)).isEqualTo("Bearer new");
    }
  }

  @Test
  @DisplayName("K41 and when it is asked to")
  void readsTheTokenWhenAskedTo() throws IOException {
    api.when("GET", ApiDouble.json(200, Fixture.node("n1", 1)));
    try (FabricCluster cluster = byFile("old")) {
      cluster.readNode("n1");
      kubeconfig("new");
      cluster.readNode("n1");
      cluster.readToken();
      cluster.readNode("n1");

      assertThat(tokenOf(1)).isEqualTo("Bearer old");
      assertThat(tokenOf(2)).isEqualTo("Bearer new");
    }
  }

  @Test
  void keepsTheTokenWhileTheFileCannotBeRead() throws IOException {
    api.when("GET", ApiDouble.json(200, Fixture.node("n1", 1)));
    try (FabricCluster cluster = byFile("old")) {
      Files.writeString(directory.resolve("config"), "{{{");
      cluster.readToken();

      assertThat(cluster.readNode("n1")).isInstanceOf(NodeReading.Found.class);
      assertThat(tokenOf(0)).isEqualTo("Bearer old");
    }
  }

  @Test
  void saysWhatIsWrongWithAKubeconfig() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "{{{");
    for (Path file : new Path[] {directory.resolve("none"), broken}) {
      assertThatThrownBy(
              () ->
                  FabricCluster.connect(
                      ClusterConnection.of(file, "a/b", "c"), InstantSource.system()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void sendsAnEventOfANodeToDefault() throws InterruptedException {
    JsonNode event = sent(new NodeNews(NodeNotice.CORDONED, "n1", "uid-1", Optional.empty(), "x"));

    assertThat(api.requests().getFirst().path())
        .isEqualTo("/apis/events.k8s.io/v1/namespaces/default/events");
    assertThat(event.path("apiVersion").asText()).isEqualTo("events.k8s.io/v1");
    assertThat(event.path("metadata").path("name").asText()).startsWith("n1.");
    assertThat(event.path("metadata").path("namespace").asText()).isEqualTo("default");
    assertThat(event.path("reason").asText()).isEqualTo("Cordoned");
    assertThat(event.path("action").asText()).isEqualTo("Cordon");
    assertThat(event.path("type").asText()).isEqualTo("Normal");
    assertThat(event.path("note").asText()).isEqualTo(NodeNotice.CORDONED.note("x"));
    assertThat(event.path("eventTime").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(event.path("reportingController").asText()).isEqualTo("drainwatch.io/drainer");
    assertThat(event.path("reportingInstance").asText()).isEqualTo("drainer-0");
    assertThat(event.path("regarding").toString())
        .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"n1\",\"uid\":\"uid-1\"}");
  }

  @Test
  void sendsAnEventOfAPodToItsNamespace() throws InterruptedException {
    JsonNode event =
        sent(
            new NodeNews(
                NodeNotice.EVICTION_BLOCKED,
                "n1",
                "uid-1",
                Optional.of(new NodeNews.Pod("shop", "web-0", "uid-w")),
                "why"));

    assertThat(api.requests().getFirst().path()).contains("/namespaces/shop/events");
    assertThat(event.path("type").asText()).isEqualTo("Warning");
    assertThat(event.path("regarding").path("namespace").asText()).isEqualTo("shop");
    assertThat(event.path("regarding").path("uid").asText()).isEqualTo("uid-w");
    assertThat(event.path("related").path("name").asText()).isEqualTo("n1");
  }

  private JsonNode sent(NodeNews news) throws InterruptedException {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    api.when(
        "POST",
        socket -> {
          bodies.add(ApiDouble.current().body());
          ApiDouble.json(201, "{}").to(socket);
        });
    try (FabricCluster cluster = Fixture.cluster(api)) {
      cluster.tell(news);
      return ApiJson.read(Fixture.next(bodies).getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
  }

  @Test
  @DisplayName("section 17: Events that cannot be sent are dropped and counted, and hold up nobody")
  void dropsEventsWithACount() {
    api.when("POST", api.silence());
    NodeNews news = new NodeNews(NodeNotice.CORDONED, "n1", "uid-1", Optional.empty(), "");
    try (FabricCluster cluster = Fixture.cluster(api)) {
      for (int i = 0; i < 300; i++) {
        cluster.tell(news);
      }

      assertThat(cluster.droppedEvents()).isBetween(43L, 44L);
    }
  }
}
