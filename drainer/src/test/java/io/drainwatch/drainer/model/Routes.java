package io.drainwatch.drainer.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which path means what. Called under the cluster's lock. */
final class Routes {
  private static final Pattern NODE = Pattern.compile("/api/v1/nodes/([^/]+)(/status)?");
  private static final Pattern PODS = Pattern.compile("/api/v1(?:/namespaces/([^/]+))?/pods");
  private static final Pattern POD =
      Pattern.compile("/api/v1/namespaces/([^/]+)/pods/([^/]+)(/eviction)?");
  private static final Pattern BUDGETS =
      Pattern.compile("/apis/policy/v1(?:/namespaces/([^/]+))?/poddisruptionbudgets");
  private static final Pattern DOCUMENTS =
      Pattern.compile(
          "/apis/(?:coordination|events|storage)\\.k8s\\.io/v1(?:/namespaces/([^/]+))?"
              + "/(leases|events|volumeattachments)(?:/([^/]+))?");

  private final ModelCluster cluster;
  private final Gate gate;
  private final Pages pages;
  private boolean knowsEvictions = true;

  Routes(ModelCluster cluster, Gate gate, Pages pages) {
    this.cluster = cluster;
    this.gate = gate;
    this.pages = pages;
  }

  void knowsEvictions(boolean knows) {
    knowsEvictions = knows;
  }

  /**
   * What is sent back.
   *
   * @param takes so long
   */
  record Sent(int code, ObjectNode body, Optional<String> retryAfter, Duration takes) {
    static Sent of(int code, ObjectNode body) {
      return new Sent(code, body, Optional.empty(), Duration.ZERO);
    }

    static Sent of(ModelAnswer answer) {
      return switch (answer) {
        case ModelAnswer.Of(int code, ModelObject object) -> of(code, ObjectJson.write(object));
        case ModelAnswer.Said said ->
            new Sent(said.code(), StatusJson.write(said), Gate.retryAfter(said), said.takes());
      };
    }

    static Sent of(Documents.Outcome outcome) {
      return outcome
          .document()
          .map(document -> of(outcome.code(), document))
          .orElseGet(() -> of(outcome.refused().orElseThrow()));
    }
  }

  /** What a watch is about; empty: this is no watch. */
  Optional<Selection> watched(Wanted wanted) {
    return wanted.isWatch() ? selected(wanted) : Optional.empty();
  }

  private Optional<Selection> selected(Wanted wanted) {
    if (wanted.path().equals("/api/v1/nodes")) {
      return Optional.of(Selection.of(Selection.Kind.NODES, "", wanted));
    }
    Matcher pods = PODS.matcher(wanted.path());
    if (pods.matches()) {
      return Optional.of(Selection.of(Selection.Kind.PODS, group(pods, 1), wanted));
    }
    Matcher budgets = BUDGETS.matcher(wanted.path());
    return budgets.matches()
        ? Optional.of(Selection.of(Selection.Kind.BUDGETS, group(budgets, 1), wanted))
        : Optional.empty();
  }

  Reply<Sent> answer(Wanted wanted) {
    Optional<Selection> list = selected(wanted).filter(it -> wanted.method().equals("GET"));
    if (list.isPresent()) {
      return list(list.get(), wanted);
    }
    Matcher node = NODE.matcher(wanted.path());
    if (node.matches()) {
      return node(wanted, node.group(1), node.group(2) != null);
    }
    Matcher pod = POD.matcher(wanted.path());
    if (pod.matches()) {
      return pod(wanted, pod.group(1), pod.group(2), pod.group(3) != null);
    }
    Matcher document = DOCUMENTS.matcher(wanted.path());
    if (document.matches()) {
      return document(wanted, document);
    }
    return gate.ask(
        Verb.DISCOVERY,
        wanted.path(),
        "",
        () ->
            DiscoveryJson.at(wanted.path(), knowsEvictions)
                .map(body -> Sent.of(200, body))
                .orElseGet(
                    () ->
                        Sent.of(
                            ModelAnswer.failure(
                                404,
                                "NotFound",
                                "the server could not find the requested resource"))));
  }

  private Reply<Sent> list(Selection selection, Wanted wanted) {
    Verb verb =
        switch (selection.kind()) {
          case NODES -> Verb.LIST_NODES;
          case PODS -> Verb.LIST_PODS;
          case BUDGETS -> Verb.OTHER;
        };
    return gate.ask(
        verb,
        selection.target(),
        "",
        () ->
            pages
                .page(selection, wanted.ask("limit"), wanted.ask("continue"))
                .map(page -> Sent.of(200, page))
                .orElseGet(
                    () ->
                        Sent.of(
                            ModelAnswer.failure(
                                410,
                                "Expired",
                                "The provided continue parameter is too old to display a consistent"
                                    + " list result. You can start a new list without the continue"
                                    + " parameter."))));
  }

  private Reply<Sent> node(Wanted wanted, String name, boolean isStatus) {
    return switch (wanted.method()) {
      case "GET" ->
          gate.ask(
              Verb.GET_NODE,
              name,
              "",
              () ->
                  cluster
                      .findNode(name)
                      .map(node -> Sent.of(new ModelAnswer.Of(200, node)))
                      .orElseGet(() -> Sent.of(Refusals.notFound("nodes", name))));
      case "PATCH" ->
          gate.ask(
              isStatus ? Verb.PATCH_STATUS : Verb.PATCH_NODE,
              name,
              wanted.body(),
              () -> Sent.of(patched(wanted, name, isStatus)));
      default -> unknown(wanted);
    };
  }

  private ModelAnswer patched(Wanted wanted, String name, boolean isStatus) {
    boolean strategic = wanted.type().equals("application/strategic-merge-patch+json");
    if (!strategic && !wanted.type().equals("application/merge-patch+json")) {
      return ModelAnswer.failure(415, "UnsupportedMediaType", "415: Unsupported Media Type");
    }
    Optional<JsonNode> patch = json(wanted.body());
    if (patch.isEmpty()) {
      return Refusals.badRequest("the body of the request is no JSON");
    }
    return isStatus
        ? cluster.patchStatus(name, patch.get(), strategic)
        : cluster.patchNode(name, patch.get(), strategic);
  }

  private Reply<Sent> pod(Wanted wanted, String namespace, String name, boolean isEviction) {
    String target = namespace + "/" + name;
    boolean dryRun = wanted.ask("dryRun").equals("All");
    if (isEviction && wanted.method().equals("POST")) {
      return gate.ask(
          Verb.EVICT, target, wanted.body(), () -> Sent.of(evicted(wanted, namespace, name)));
    }
    return switch (wanted.method()) {
      case "DELETE" ->
          gate.ask(
              Verb.DELETE_POD,
              target,
              wanted.body(),
              () ->
                  Sent.of(
                      cluster.delete(
                          namespace,
                          name,
                          RequestJson.wish(
                              json(wanted.body()).orElseGet(RequestJson.MAPPER::createObjectNode),
                              dryRun))));
      case "GET" ->
          gate.ask(
              Verb.OTHER,
              target,
              "",
              () ->
                  cluster
                      .findPod(namespace, name)
                      .map(pod -> Sent.of(new ModelAnswer.Of(200, pod)))
                      .orElseGet(() -> Sent.of(Refusals.notFound("pods", name))));
      default -> unknown(wanted);
    };
  }

  private ModelAnswer evicted(Wanted wanted, String namespace, String name) {
    Optional<JsonNode> body = json(wanted.body());
    if (body.isEmpty()) {
      return Refusals.badRequest("the body of the request is no JSON");
    }
    JsonNode metadata = body.get().path("metadata");
    if (!metadata.path("name").asText(name).equals(name)) {
      return Refusals.badRequest("name in URL does not match name in Eviction object");
    }
    if (!metadata.path("namespace").asText(namespace).equals(namespace)) {
      return Refusals.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    boolean dryRun = wanted.ask("dryRun").equals("All");
    return cluster.evict(
        namespace, name, RequestJson.wish(body.get().path("deleteOptions"), dryRun));
  }

  private Reply<Sent> document(Wanted wanted, Matcher path) {
    String namespace = group(path, 1);
    String plural = path.group(2);
    String name = group(path, 3);
    Documents documents = cluster.documents(plural);
    Verb verb =
        switch (plural) {
          case "leases" -> Verb.LEASE;
          case "events" -> Verb.POST_EVENT;
          default -> Verb.OTHER;
        };
    ObjectNode body =
        json(wanted.body()).orElseGet(RequestJson.MAPPER::createObjectNode)
                instanceof ObjectNode object
            ? object
            : RequestJson.MAPPER.createObjectNode();
    String target = name.isEmpty() ? namespace : namespace + "/" + name;
    return gate.ask(
        verb,
        target,
        wanted.body(),
        () ->
            switch (wanted.method()) {
              case "GET" ->
                  name.isEmpty()
                      ? Sent.of(200, DocumentListJson.of(plural, documents.list(namespace)))
                      : Sent.of(documents.get(namespace, name));
              case "POST" -> Sent.of(documents.create(namespace, body));
              case "PUT" -> Sent.of(documents.replace(namespace, name, body));
              case "PATCH" -> Sent.of(documents.patch(namespace, name, body));
              case "DELETE" -> Sent.of(documents.delete(namespace, name));
              default -> Sent.of(notAllowed());
            });
  }

  private Reply<Sent> unknown(Wanted wanted) {
    return gate.ask(Verb.OTHER, wanted.path(), wanted.body(), () -> Sent.of(notAllowed()));
  }

  private static ModelAnswer notAllowed() {
    return ModelAnswer.failure(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  private static String group(Matcher matcher, int number) {
    return Optional.ofNullable(matcher.group(number)).orElse("");
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(RequestJson.MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
