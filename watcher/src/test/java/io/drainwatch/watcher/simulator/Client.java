package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A plain client of the metadata service. */
final class Client implements AutoCloseable {

  static final String EVENTS = "/metadata/scheduledevents?api-version=2020-07-01";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String baseUrl;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Client(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path)).header("Metadata", "true");
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException(stop);
    }
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(to(path));
  }

  HttpResponse<String> post(String path, String body) throws IOException {
    return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> poll() throws IOException {
    return get(EVENTS);
  }

  HttpResponse<String> acknowledge(String... ids) throws IOException {
    return post(EVENTS, startRequests(ids));
  }

  static String startRequests(String... ids) {
    StringBuilder body = new StringBuilder("{\"StartRequests\":[");
    for (String id : ids) {
      body.append(body.toString().endsWith("[") ? "" : ",")
          .append("{\"EventId\":\"")
          .append(id)
          .append("\"}");
    }
    return body.append("]}").toString();
  }

  JsonNode document() throws IOException {
    return json(poll());
  }

  static JsonNode json(HttpResponse<String> response) throws JacksonException {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
