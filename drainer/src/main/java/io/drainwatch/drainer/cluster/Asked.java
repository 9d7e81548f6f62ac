package io.drainwatch.drainer.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One request.
 *
 * @param path with its query, encoded
 * @param mostBytes of an answer's body; what is longer counts as cut off
 * @param leavesConnection nothing else is asked for over its connection once it is over
 */
record Asked(
    String method,
    String path,
    Optional<Content> content,
    int mostBytes,
    boolean leavesConnection) {
  /** Of a Status, and of what else answers a request for a pod. */
  static final int STATUS_BYTES = 64 * 1_024;

  /** Of one object: more than etcd takes. */
  static final int OBJECT_BYTES = 2 * 1_024 * 1_024;

  static final String JSON = "application/json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String STRATEGIC_MERGE = "application/strategic-merge-patch+json";

  record Content(String type, String text) {}

  Asked(String method, String path, Optional<Content> content, int mostBytes) {
    this(method, path, content, mostBytes, false);
  }

  /**
   * A watch is closed while more of it arrives: okhttp reads on for a moment to save the
   * connection, and may leave it so that the next request over it is never answered. With HTTP/2 a
   * stream is closed alone, and okhttp leaves the header out.
   */
  static Asked watch(String path) {
    return new Asked("GET", path, Optional.empty(), OBJECT_BYTES, true);
  }

  static Asked get(String path) {
    return new Asked("GET", path, Optional.empty(), OBJECT_BYTES);
  }

  static Asked post(String path, String json, int mostBytes) {
    return new Asked("POST", path, Optional.of(new Content(JSON, json)), mostBytes);
  }

  static Asked put(String path, String json) {
    return new Asked("PUT", path, Optional.of(new Content(JSON, json)), OBJECT_BYTES);
  }

  static Asked delete(String path, String json, int mostBytes) {
    return new Asked("DELETE", path, Optional.of(new Content(JSON, json)), mostBytes);
  }

  static Asked patch(String path, String json) {
    return new Asked("PATCH", path, Optional.of(new Content(STRATEGIC_MERGE, json)), OBJECT_BYTES);
  }

  /** By JSON patch; what it tests must hold, or nothing is changed. */
  static Asked jsonPatch(String path, String json) {
    return new Asked("PATCH", path, Optional.of(new Content(JSON_PATCH, json)), OBJECT_BYTES);
  }

  /** Of a path or a query; names come from others. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String nodePath(String node) {
    return "/api/v1/nodes/" + encoded(node);
  }

  static String podPath(String namespace, String name) {
    return "/api/v1/namespaces/" + encoded(namespace) + "/pods/" + encoded(name);
  }
}
