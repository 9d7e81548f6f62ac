package io.drainwatch.watcher.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector that takes OTLP as JSON and remembers every span. */
public final class FakeCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final List<String> types = new CopyOnWriteArrayList<>();

  public FakeCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode json = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    types.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
    json.path("resourceSpans")
        .forEach(
            resource ->
                resource
                    .path("scopeSpans")
                    .forEach(scope -> scope.path("spans").forEach(spans::add)));
    byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The newest of each id, by name. */
  public Map<String, JsonNode> spans() {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    spans.forEach(span -> named.put(span.path("name").asText(), span));
    return named;
  }

  public List<String> tokens() {
    return new ArrayList<>(tokens);
  }

  public List<String> types() {
    return new ArrayList<>(types);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
