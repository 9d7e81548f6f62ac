package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * An API server that keeps objects of any kind by their path and knows what every kind has in
 * common: lists, watches, versions, finalizers, preconditions. No controller, no checks of fields.
 * For StatefulSets and claims, of which {@link ModelServer} knows nothing.
 */
public final class ShelfServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<String, String> LISTS =
      Map.of(
          "statefulsets", "StatefulSetList",
          "persistentvolumeclaims", "PersistentVolumeClaimList",
          "pods", "PodList",
          "nodes", "NodeList");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpServer server;
  private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Call> calls = new CopyOnWriteArraySet<>();
  private final Set<String> denied = new CopyOnWriteArraySet<>();
  private long version = 1;
  private boolean closed;

  private record Change(long version, String type, String path, String json) {}

  /** A path taken apart: {@code collection} with its namespace, without a name. */
  private record Target(String collection, String name, String plural) {
    static Target of(String path) {
      List<String> parts = List.of(path.substring(1).split("/"));
      int root = parts.getFirst().equals("api") ? 2 : 3;
      boolean isInSpace = parts.size() > root + 2 && parts.get(root).equals("namespaces");
      int plural = isInSpace ? root + 2 : root;
      String collection = "/" + String.join("/", parts.subList(0, plural + 1));
      String name = parts.size() > plural + 1 ? parts.get(plural + 1) : "";
      return new Target(collection, name, parts.get(plural));
    }

    /** Whether an object is of it: of one namespace, or of all. */
    boolean has(String object) {
      Target other = Target.of(object);
      return collection.contains("/namespaces/") || !object.contains("/namespaces/")
          ? other.collection().equals(collection)
          : other.collection().replaceFirst("/namespaces/[^/]+", "").equals(collection);
    }
  }

  public ShelfServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public Path writeKubeconfig(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: t}}]
        """
            .formatted(server.getAddress().getPort()));
  }

  /** As {@code DELETE /api/v1/namespaces/shop/pods/db-1}, in their order; watches and lists too. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Each that came, however often; whose it was is not kept. */
  public Set<Call> calls() {
    return Set.copyOf(calls);
  }

  public void forgetRequests() {
    requests.clear();
  }

  /** What a review of access denies from now on: {@code patch statefulsets}. */
  public void deny(String verbAndResource) {
    denied.add(verbAndResource);
  }

  public void allowAll() {
    denied.clear();
  }

  public synchronized ObjectNode add(String collection, String json) {
    ObjectNode object = object(tree(json));
    stamp(object, collection);
    put("ADDED", collection + "/" + object.at("/metadata/name").asText(), object);
    return object.deepCopy();
  }

  public synchronized Optional<ObjectNode> find(String path) {
    return Optional.ofNullable(objects.get(path)).map(ObjectNode::deepCopy);
  }

  public synchronized List<String> paths(String collection) {
    Target target = Target.of(collection);
    return objects.keySet().stream().filter(target::has).toList();
  }

  /** The first of them, once there is one. */
  public synchronized String awaitOne(String collection) throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (paths(collection).isEmpty()) {
      long left = (giveUp - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("nothing came to " + collection);
      }
      wait(left);
    }
    return paths(collection).getFirst();
  }

  public synchronized void change(String path, Consumer<ObjectNode> how) {
    ObjectNode changed = objects.get(path).deepCopy();
    how.accept(changed);
    put("MODIFIED", path, changed);
  }

  public synchronized void remove(String path) {
    ObjectNode gone = objects.remove(path);
    if (gone != null) {
      version++;
      object(gone.path("metadata")).put("resourceVersion", String.valueOf(version));
      told(new Change(version, "DELETED", path, gone.toString()));
    }
  }

  private void put(String type, String path, ObjectNode object) {
    version++;
    object(object.path("metadata")).put("resourceVersion", String.valueOf(version));
    objects.put(path, object);
    told(new Change(version, type, path, object.toString()));
  }

  private void told(Change change) {
    changes.add(change);
    notifyAll();
  }

  private static void stamp(ObjectNode object, String collection) {
    ObjectNode metadata = object(object.path("metadata"));
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", second());
    List<String> parts = List.of(collection.split("/"));
    int space = parts.indexOf("namespaces");
    if (space >= 0 && parts.size() > space + 2) {
      metadata.put("namespace", parts.get(space + 1));
    }
  }

  private static String second() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(exchange.getRequestMethod() + " " + path);
      boolean isWatch = query.contains("watch=true");
      calls.add(new Call("", exchange.getRequestMethod(), path, isWatch));
      if (isWatch) {
        watch(exchange, Target.of(path), query);
        return;
      }
      Answer answer = answer(exchange.getRequestMethod(), path, body);
      byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.code(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private record Answer(int code, String json) {
    // it does not say of what
    static final Answer PATCH_FAILED =
        new Answer(
            422,
            """
            {"kind":"Status","status":"Failure","reason":"Invalid","code":422,"details":{},
            "message":"the server rejected our request due to an error in our request"}""");

    static Answer status(int code, String reason, Target target) {
      return new Answer(
          code,
          """
          {"kind":"Status","status":"Failure","reason":"%s","code":%d,"message":"%1$s %s",
          "details":{"kind":"%s","name":"%3$s"}}"""
              .formatted(reason, code, target.name(), target.plural()));
    }
  }

  private synchronized Answer answer(String method, String path, String body) {
    if (path.endsWith("/selfsubjectaccessreviews")) {
      ObjectNode review = object(tree(body));
      JsonNode asked = review.at("/spec/resourceAttributes");
      String what = asked.path("verb").asText() + " " + asked.path("resource").asText();
      review.putObject("status").put("allowed", !denied.contains(what));
      return new Answer(201, review.toString());
    }
    Target target = Target.of(path);
    ObjectNode found = objects.get(path);
    return switch (method) {
      case "GET" ->
          target.name().isEmpty()
              ? list(target)
              : found == null
                  ? Answer.status(404, "NotFound", target)
                  : new Answer(200, found.toString());
      case "POST" -> post(target, path, body);
      default ->
          found == null
              ? Answer.status(404, "NotFound", target)
              : change(method, target, path, found.deepCopy(), tree(body));
    };
  }

  private Answer list(Target target) {
    ObjectNode list = MAPPER.createObjectNode();
    list.put("kind", LISTS.getOrDefault(target.plural(), "List"));
    list.putObject("metadata").put("resourceVersion", String.valueOf(version));
    ArrayNode items = list.putArray("items");
    objects.forEach(
        (path, object) -> {
          if (target.has(path)) {
            items.add(object);
          }
        });
    return new Answer(200, list.toString());
  }

  private Answer post(Target target, String path, String body) {
    String name = tree(body).at("/metadata/name").asText();
    if (objects.containsKey(path + "/" + name)) {
      return Answer.status(409, "AlreadyExists", target);
    }
    return new Answer(201, add(path, body).toString());
  }

  private Answer change(
      String method, Target target, String path, ObjectNode found, JsonNode body) {
    boolean isStale =
        switch (method) {
          case "PUT" ->
              !body.at("/metadata/resourceVersion").equals(found.at("/metadata/resourceVersion"));
          case "DELETE" ->
              body.path("preconditions").properties().stream()
                  .anyMatch(
                      each -> !each.getValue().equals(found.at("/metadata").path(each.getKey())));
          default -> false;
        };
    if (isStale) {
      return Answer.status(409, "Conflict", target);
    }
    switch (method) {
      case "PUT" -> put("MODIFIED", path, object(body.deepCopy()));
      case "PATCH" -> {
        if (!ShelfPatch.apply(found, body)) {
          return Answer.PATCH_FAILED;
        }
        put("MODIFIED", path, found);
      }
      default -> delete(target, path, found);
    }
    collect(path);
    return new Answer(200, objects.getOrDefault(path, found).toString());
  }

  private void delete(Target target, String path, ObjectNode found) {
    String phase = found.at("/status/phase").asText();
    boolean lingers =
        target.plural().equals("pods") && phase.equals("Running")
            || !found.at("/metadata/finalizers").isEmpty();
    if (!lingers) {
      remove(path);
    } else {
      object(found.path("metadata")).put("deletionTimestamp", second());
      put("MODIFIED", path, found);
    }
  }

  /** What is deleted goes with its last finalizer; a pod when its kubelet lets it. */
  private void collect(String path) {
    ObjectNode object = objects.get(path);
    if (object != null
        && !path.contains("/pods/")
        && object.at("/metadata").has("deletionTimestamp")
        && object.at("/metadata/finalizers").isEmpty()) {
      remove(path);
    }
  }

  private void watch(HttpExchange exchange, Target target, String query) throws IOException {
    long from = Long.parseLong(query.replaceFirst(".*resourceVersion=(\\d+).*", "$1"));
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    int read = 0;
    while (true) {
      List<Change> next;
      synchronized (this) {
        while (!closed && read == changes.size()) {
          try {
            wait();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          }
        }
        if (closed) {
          return;
        }
        next = List.copyOf(changes.subList(read, changes.size()));
        read = changes.size();
      }
      for (Change each : next) {
        if (each.version() > from && target.has(each.path())) {
          String event = "{\"type\":\"" + each.type() + "\",\"object\":" + each.json() + "}\n";
          out.write(event.getBytes(StandardCharsets.UTF_8));
        }
      }
      out.flush();
    }
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode object(JsonNode node) {
    return (ObjectNode) node;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    server.stop(0);
  }
}
