package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The API server of the kubeconfig file that {@code KUBECONFIG} names, as its administrator or by a
 * token. What was made is deleted at the end.
 */
final class ApiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Config config;
  private final HttpClient http;
  private final Deque<String> made = new ArrayDeque<>();

  record Answer(int code, JsonNode body) {
    String message() {
      return body.path("message").asText();
    }

    Answer mustBe(int... codes) {
      assertThat(codes).as(body.toString()).contains(code);
      return this;
    }
  }

  private ApiServer(Config config) {
    this.config = config;
    HttpClient.Factory factory = new OkHttpClientFactory();
    this.http = factory.newBuilder(config).build();
  }

  static ApiServer ofEnvironment() {
    String file = System.getenv("KUBECONFIG");
    assumeTrue(
        file != null && !file.isBlank(),
        "KUBECONFIG is not set: roles and admission policy were not tried against an API server");
    Config found = Config.fromKubeconfig(new File(file));
    return new ApiServer(new ConfigBuilder(found).withRequestRetryBackoffLimit(0).build());
  }

  /** The same server, as whoever has this token. */
  ApiServer withToken(String token) {
    return new ApiServer(
        new ConfigBuilder(config)
            .withClientCertData(null)
            .withClientCertFile(null)
            .withClientKeyData(null)
            .withClientKeyFile(null)
            .withUsername(null)
            .withPassword(null)
            .withOauthToken(token)
            .build());
  }

  Answer post(String path, Object body) {
    return send("POST", path, "application/json", body);
  }

  Answer patch(String path, Object body) {
    return send("PATCH", path, "application/strategic-merge-patch+json", body);
  }

  Answer delete(String path, Object body) {
    return send("DELETE", path, "application/json", body);
  }

  /** Made now, deleted at the end, the last first. */
  Answer make(String path, JsonNode manifest) {
    Answer answer = post(path, manifest).mustBe(200, 201);
    made.addFirst(path + "/" + manifest.path("metadata").path("name").asText());
    return answer;
  }

  /** Where objects of this kind are made. */
  static String collection(JsonNode manifest) {
    String version = manifest.path("apiVersion").asText();
    String kind = manifest.path("kind").asText().toLowerCase(Locale.ROOT);
    String plural = kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
    String namespace = manifest.path("metadata").path("namespace").asText();
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + (namespace.isEmpty() ? "/" : "/namespaces/" + namespace + "/")
        + plural;
  }

  Answer get(String path) {
    return send("GET " + path, at(path).build());
  }

  /** As whoever this is. */
  Path writeKubeconfig(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
        users: [{name: u, user: {token: "%s"}}]
        """
            .formatted(config.getMasterUrl(), config.getCaCertData(), config.getOauthToken()));
  }

  private HttpRequest.Builder at(String path) {
    String base = config.getMasterUrl();
    return http.newHttpRequestBuilder()
        .uri((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path)
        .timeout(20, TimeUnit.SECONDS);
  }

  private Answer send(String method, String path, String type, Object body) {
    return send(method + " " + path, at(path).method(method, type, text(body)).build());
  }

  private Answer send(String what, HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.sendAsync(request, String.class).get(30, TimeUnit.SECONDS);
      return new Answer(response.code(), JSON.readTree(response.bodyString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (IOException
        | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(what, e);
    }
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode tree(Object manifest) {
    return JSON.valueToTree(manifest);
  }

  @Override
  public void close() {
    for (String each : made) {
      delete(each, Map.of("gracePeriodSeconds", 0));
    }
    http.close();
  }
}
