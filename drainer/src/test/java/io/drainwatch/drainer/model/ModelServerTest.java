package io.drainwatch.drainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.model.ModelBudget.Spec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model over HTTP, in the words of the real server. */
class ModelServerTest {
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private final ModelCluster cluster = new ModelCluster(Instant.parse("2026-11-21T10:00:00Z"));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ModelServer server;

  ModelServerTest() {
    cluster.addNode("n1");
    cluster.addNode("n2");
    cluster.replicaSet("shop", "web", 3, pod -> {}, "n1");
    server = ModelServer.stepped(cluster);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private HttpResponse<String> ask(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return ask("GET", path, "application/json", "");
  }

  private static JsonNode json(String text) throws IOException {
    return RequestJson.MAPPER.readTree(text);
  }

  private HttpResponse<String> evict(String name, String uid)
      throws IOException, InterruptedException {
    return ask(
        "POST",
        "/api/v1/namespaces/shop/pods/" + name + "/eviction",
        "application/json",
        """
        {"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"shop"},
         "deleteOptions":{"preconditions":{"uid":"%s"}}}"""
            .formatted(name, uid));
  }

  private BufferedReader watch(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String event(BufferedReader stream) throws IOException {
    JsonNode event = json(stream.readLine());
    return event.path("type").asText()
        + " "
        + event.path("object").path("metadata").path("name").asText();
  }

  @Test
  void anAcceptedEvictionIsAStatusWith201() throws Exception {
    HttpResponse<String> answer = evict("web-1", server.with(it -> it.pod("shop", "web-1").uid()));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer.body()))
        .isEqualTo(
            json(
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}"""));
    assertThat(answer.headers().firstValue("Date")).contains("Sat, 21 Nov 2026 10:00:00 GMT");
    assertThat(server.requests())
        .extracting(ModelRequest::text)
        .containsExactly("evict shop/web-1");
  }

  @Test
  @DisplayName("K27 a budget that is behind says so in header and body")
  void aBudgetThatIsBehindAsksForTenSeconds() throws Exception {
    server.with(
        it -> {
          it.addBudget("shop", "web", Spec.maxUnavailable(Map.of("app", "web"), "1"));
          it.changeBudget("shop", "web", Spec.maxUnavailable(Map.of("app", "web"), "2"));
          return it;
        });

    HttpResponse<String> answer = evict("web-1", "any");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    assertThat(json(answer.body()))
        .isEqualTo(
            json(
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
                 "message":"Cannot evict pod as it would violate the pod's disruption budget.",
                 "reason":"TooManyRequests",
                 "details":{"causes":[{"reason":"DisruptionBudget","message":
                   "The disruption budget web is still being processed by the server."}],
                   "retryAfterSeconds":10},
                 "code":429}"""));
  }

  @Test
  void anotherUidIsAConflictOfThePod() throws Exception {
    HttpResponse<String> answer = evict("web-1", "another");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer.body()).path("details"))
        .isEqualTo(json("{\"name\":\"web-1\",\"kind\":\"Pod\"}"));
  }

  @Test
  void patchesANodeByItsVersion() throws Exception {
    String version = server.with(it -> it.node("n1").resourceVersion());
    String patch =
        "{\"metadata\":{\"resourceVersion\":\""
            + version
            + "\"},\"spec\":{\"unschedulable\":true}}";

    HttpResponse<String> first = ask("PATCH", "/api/v1/nodes/n1", STRATEGIC, patch);
    HttpResponse<String> second = ask("PATCH", "/api/v1/nodes/n1", STRATEGIC, patch);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(json(first.body()).path("spec").path("unschedulable").asBoolean()).isTrue();
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(ask("PATCH", "/api/v1/nodes/n1", "text/plain", patch).statusCode()).isEqualTo(415);
    assertThat(get("/api/v1/nodes/n3").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("K40 a list goes on page by page, and an expired token is 410")
  void listsPageByPage() throws Exception {
    String path = "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1&limit=2";
    JsonNode first = json(get(path).body());
    String token = first.path("metadata").path("continue").asText();
    JsonNode second = json(get(path + "&continue=" + token).body());

    assertThat(first.path("kind").asText()).isEqualTo("PodList");
    assertThat(first.path("items")).hasSize(2);
    assertThat(second.path("items")).hasSize(1);
    assertThat(second.path("metadata").has("continue")).isFalse();
    server.expireContinueTokens();
    HttpResponse<String> expired = get(path + "&continue=" + token);
    assertThat(expired.statusCode()).isEqualTo(410);
    assertThat(json(expired.body()).path("reason").asText()).isEqualTo("Expired");
  }

  @Test
  void watchesThePodsOfANodeWithBookmarks() throws Exception {
    String since =
        json(get("/api/v1/pods").body()).path("metadata").path("resourceVersion").asText();
    try (BufferedReader stream =
        watch(
            "/api/v1/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=90"
                + "&fieldSelector=spec.nodeName%3Dn1&resourceVersion="
                + since)) {
      server.with(it -> it.add(new PodFields("shop", "late").on("n1")));
      server.with(it -> it.add(new PodFields("shop", "elsewhere").on("n2")));
      server.with(it -> it.delete("shop", "late", DeleteWish.PLAIN));
      assertThat(event(stream)).isEqualTo("ADDED late");
      assertThat(event(stream)).isEqualTo("MODIFIED late");
      server.advance(Duration.ZERO);
      assertThat(event(stream)).isEqualTo("DELETED late");
      server.advance(Duration.ofSeconds(60));
      assertThat(event(stream)).isEqualTo("BOOKMARK ");
      server.advance(Duration.ofSeconds(30));
      assertThat(stream.readLine()).isNull();
    }
  }

  @Test
  @DisplayName("of two watches of the same the newest counts: the other one is over in a moment")
  void countsWhatTheNewestWatchWasTold() throws Exception {
    String path = "/api/v1/nodes?watch=1&fieldSelector=metadata.name%3Dn1&resourceVersion=";
    String now =
        json(get("/api/v1/nodes/n1").body()).path("metadata").path("resourceVersion").asText();
    try (BufferedReader before = watch(path + now)) {
      cluster.cordon("n1", true);
      assertThat(before.readLine()).contains("unschedulable");
      assertThat(server.told("node n1")).contains(1);
      String then =
          json(get("/api/v1/nodes/n1").body()).path("metadata").path("resourceVersion").asText();
      try (BufferedReader newest = watch(path + then)) {
        assertThat(server.told("node n1")).contains(0);
        cluster.cordon("n1", false);
        assertThat(newest.readLine()).contains("MODIFIED");
        assertThat(server.told("node n1")).contains(1);
      }
    }
  }

  @Test
  @DisplayName("K38 a watch from a version that is too old is 200 with an ERROR of 410")
  void aWatchFromTooLongAgoIsAnError() throws Exception {
    server.expireWatches();
    try (BufferedReader stream = watch("/api/v1/nodes?watch=1&resourceVersion=1")) {
      JsonNode event = json(stream.readLine());
      assertThat(event.path("type").asText()).isEqualTo("ERROR");
      assertThat(event.path("object").path("code").asInt()).isEqualTo(410);
      assertThat(event.path("object").path("reason").asText()).isEqualTo("Expired");
      assertThat(stream.readLine()).isNull();
    }
  }

  @Test
  void leasesAreWrittenByVersion() throws Exception {
    String path = "/apis/coordination.k8s.io/v1/namespaces/drainwatch/leases";
    String lease =
        """
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"l"},
         "spec":{"holderIdentity":"a"}}""";
    String json = "application/json";

    assertThat(get(path + "/l").statusCode()).isEqualTo(404);
    HttpResponse<String> created = ask("POST", path, json, lease);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(ask("POST", path, json, lease).statusCode()).isEqualTo(409);
    assertThat(ask("PUT", path + "/l", json, lease).statusCode()).isEqualTo(422);
    String held = created.body().replace("\"a\"", "\"b\"");
    assertThat(ask("PUT", path + "/l", json, held).statusCode()).isEqualTo(200);
    assertThat(ask("PUT", path + "/l", json, held).statusCode()).isEqualTo(409);
  }

  @Test
  void keepsEventsAndListsBudgetsAndAttachments() throws Exception {
    server.with(
        it -> {
          it.addBudget("shop", "web", Spec.minAvailable(Map.of("app", "web"), "50%"));
          it.attach("a1", "n1", "pv-1");
          return it;
        });
    assertThat(
            ask(
                    "POST",
                    "/apis/events.k8s.io/v1/namespaces/default/events",
                    "application/json",
                    "{\"metadata\":{\"name\":\"e1\"},\"reason\":\"Cordoned\"}")
                .statusCode())
        .isEqualTo(201);

    assertThat(server.with(ModelCluster::events)).hasSize(1);
    assertThat(json(get("/apis/policy/v1/poddisruptionbudgets").body()).path("items")).hasSize(1);
    assertThat(json(get("/apis/storage.k8s.io/v1/volumeattachments").body()).path("items"))
        .hasSize(1);
  }

  @Test
  void saysWhatItCanDo() throws Exception {
    assertThat(get("/version").statusCode()).isEqualTo(200);
    assertThat(get("/api").statusCode()).isEqualTo(200);
    assertThat(get("/apis").statusCode()).isEqualTo(200);
    assertThat(get("/api/v1").body()).contains("pods/eviction");
    server.knowsEvictions(false);
    assertThat(get("/api/v1").body()).doesNotContain("pods/eviction");
    assertThat(get("/apis/nobody.example/v1").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("K35 a connection can break after the server did what was asked")
  void breaksTheConnectionAfterTheDeed() {
    server.faults().once(Verb.EVICT, Fault.RESET_AFTER);
    String uid = server.with(it -> it.pod("shop", "web-1").uid());

    assertThatThrownBy(() -> evict("web-1", uid)).isInstanceOf(IOException.class);
    assertThat(server.with(it -> it.pod("shop", "web-1")).isTerminating()).isTrue();
  }

  @Test
  void cutsAnAnswerInHalf() {
    server.faults().once(Verb.GET_NODE, Fault.TRUNCATED);

    assertThatThrownBy(() -> get("/api/v1/nodes/n1")).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("K45 an overloaded server answers 429 in plain text")
  void isOverloadedInPlainText() throws Exception {
    server.faults().once(Verb.GET_NODE, Fault.BUSY_1);
    HttpResponse<String> answer = get("/api/v1/nodes/n1");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body()).startsWith("Too many requests");
  }

  @Test
  void refusesAnotherToken() throws Exception {
    server.accept("new");

    assertThat(get("/api/v1/nodes/n1").statusCode()).isEqualTo(401);
  }

  @Test
  void writesAKubeconfig(@TempDir Path directory) throws Exception {
    Path file = server.writeKubeconfig(directory.resolve("config"));

    assertThat(Files.readString(file)).contains("server: \"" + server.url() + "\"");
  }
}
