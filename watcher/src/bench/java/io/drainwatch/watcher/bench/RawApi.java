package io.drainwatch.watcher.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes, changes and deletes objects, as whoever the kubeconfig file names. */
final class RawApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final HttpClient http;

  RawApi(Path kubeconfig) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
            .withRequestRetryBackoffLimit(0)
            .build();
    address = config.getMasterUrl().replaceAll("/+$", "");
    HttpClient.Factory factory = new OkHttpClientFactory();
    http = factory.newBuilder(config).build();
  }

  void post(String path, Object body) {
    must("POST", path, "application/json", body);
  }

  /** There may be one already. */
  void tryPost(String path, Object body) {
    HttpResponse<String> answer = send("POST", path, "application/json", body);
    if (answer.code() != 409) {
      require(answer, "POST", path);
    }
  }

  void patch(String path, Object body) {
    must("PATCH", path, "application/strategic-merge-patch+json", body);
  }

  /** It may be gone already, or another. */
  void delete(String path, Object body) {
    HttpResponse<String> answer = send("DELETE", path, "application/json", body);
    if (answer.code() != 404 && answer.code() != 409) {
      require(answer, "DELETE", path);
    }
  }

  private void must(String method, String path, String type, Object body) {
    require(send(method, path, type, body), method, path);
  }

  private static void require(HttpResponse<String> answer, String method, String path) {
    if (answer.code() / 100 != 2) {
      throw new IllegalStateException(
          method + " " + path + ": " + answer.code() + " " + answer.body());
    }
  }

  private HttpResponse<String> send(String method, String path, String type, Object body) {
    try {
      HttpRequest request =
          http.newHttpRequestBuilder()
              .uri(address + path)
              .method(method, type, JSON.writeValueAsString(body))
              .timeout(20, TimeUnit.SECONDS)
              .build();
      return http.sendAsync(request, String.class).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (JsonProcessingException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
