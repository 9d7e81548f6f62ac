package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.evictions.ApiStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Things that the server keeps as they are: Leases, Events, VolumeAttachments. */
final class Documents {
  private final Store store;
  private final Stamps stamps;
  private final String plural;
  private final String group;
  private final NavigableMap<String, ObjectNode> all = new TreeMap<>();

  Documents(Store store, Stamps stamps, String plural, String group) {
    this.store = store;
    this.stamps = stamps;
    this.plural = plural;
    this.group = group;
  }

  /** The document, or why not. */
  record Outcome(int code, Optional<ObjectNode> document, Optional<ModelAnswer.Said> refused) {
    static Outcome of(int code, ObjectNode document) {
      return new Outcome(code, Optional.of(document.deepCopy()), Optional.empty());
    }
  }

  List<ObjectNode> list(String namespace) {
    List<ObjectNode> out = new ArrayList<>();
    all.forEach(
        (key, document) -> {
          if (namespace.isEmpty() || key.startsWith(namespace + "/")) {
            out.add(document.deepCopy());
          }
        });
    return out;
  }

  Outcome get(String namespace, String name) {
    return Optional.ofNullable(all.get(namespace + "/" + name))
        .map(document -> Outcome.of(200, document))
        .orElseGet(() -> refused(Refusals.notFound(resource(), name)));
  }

  Outcome create(String namespace, ObjectNode body) {
    ObjectNode metadata = body.withObject("/metadata");
    String name =
        metadata
            .path("name")
            .asText(metadata.path("generateName").asText("") + Long.toHexString(store.version()));
    if (all.containsKey(namespace + "/" + name)) {
      return refused(Refusals.exists(resource(), name));
    }
    ObjectNode stored = body.deepCopy();
    ObjectNode its = stored.withObject("/metadata");
    its.put("name", name).put("uid", store.newUid());
    its.put("creationTimestamp", stamps.server().toString());
    if (!namespace.isEmpty()) {
      its.put("namespace", namespace);
    }
    return Outcome.of(201, put(namespace, name, stored));
  }

  Outcome replace(String namespace, String name, ObjectNode body) {
    ObjectNode before = all.get(namespace + "/" + name);
    if (before == null) {
      return refused(Refusals.notFound(resource(), name));
    }
    String version = body.path("metadata").path("resourceVersion").asText("");
    if (version.isEmpty()) {
      return refused(
          Refusals.invalid(
              resource(),
              name,
              "metadata.resourceVersion: Invalid value: 0: must be specified for an update"));
    }
    if (!version.equals(version(before))) {
      return refused(Refusals.stale(resource(), name));
    }
    ObjectNode stored = body.deepCopy();
    ObjectNode metadata = stored.withObject("/metadata");
    metadata.set("uid", before.path("metadata").path("uid"));
    metadata.set("creationTimestamp", before.path("metadata").path("creationTimestamp"));
    return Outcome.of(200, put(namespace, name, stored));
  }

  Outcome patch(String namespace, String name, JsonNode patch) {
    ObjectNode before = all.get(namespace + "/" + name);
    if (before == null) {
      return refused(Refusals.notFound(resource(), name));
    }
    String version = patch.path("metadata").path("resourceVersion").asText("");
    if (!version.isEmpty() && !version.equals(version(before))) {
      return refused(Refusals.stale(resource(), name));
    }
    ObjectNode merged = before.deepCopy();
    merge(merged, patch);
    return Outcome.of(200, merged.equals(before) ? before : put(namespace, name, merged));
  }

  Outcome delete(String namespace, String name) {
    ObjectNode before = all.remove(namespace + "/" + name);
    return before == null ? refused(Refusals.notFound(resource(), name)) : Outcome.of(200, before);
  }

  private String resource() {
    return plural + "." + group;
  }

  // the message has both in one word, the details apart
  private Outcome refused(ModelAnswer.Said said) {
    ApiStatus status = said.status();
    return new Outcome(
        said.code(),
        Optional.empty(),
        Optional.of(
            new ModelAnswer.Said(
                new ApiStatus(
                    status.status(),
                    status.reason(),
                    status.code(),
                    status.message(),
                    plural,
                    status.name(),
                    status.retryAfterSeconds(),
                    status.causes()),
                group,
                said.takes())));
  }

  private ObjectNode put(String namespace, String name, ObjectNode document) {
    document.withObject("/metadata").put("resourceVersion", Long.toString(store.nextVersion()));
    all.put(namespace + "/" + name, document);
    return document;
  }

  private static String version(ObjectNode document) {
    return document.path("metadata").path("resourceVersion").asText("");
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isNull()) {
                target.remove(each.getKey());
              } else if (each.getValue().isObject()
                  && target.path(each.getKey()) instanceof ObjectNode inner) {
                merge(inner, each.getValue());
              } else {
                target.set(each.getKey(), each.getValue().deepCopy());
              }
            });
  }
}
