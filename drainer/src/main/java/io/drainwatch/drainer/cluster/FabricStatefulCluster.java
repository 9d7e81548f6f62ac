package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.NodeStanding;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sets, claims and their pods, on the connection of a {@link FabricCluster}. */
final class FabricStatefulCluster implements StatefulCluster {
  private static final Duration LONGEST_LIST = Duration.ofSeconds(30);

  private final Wire wire;
  private final InstantSource clock;
  private final WatchTimes times;
  private final Consumer<SetNews> events;
  private final Function<WatchLoop, Cluster.Watching> kept;

  FabricStatefulCluster(
      Wire wire,
      InstantSource clock,
      WatchTimes times,
      Consumer<SetNews> events,
      Function<WatchLoop, Cluster.Watching> kept) {
    this.wire = wire;
    this.clock = clock;
    this.times = times;
    this.events = events;
    this.kept = kept;
  }

  /** One kind of object. */
  private record Kind<T>(
      String root,
      String plural,
      String list,
      Set<String> dropped,
      Function<JsonNode, Optional<T>> read) {
    static final Kind<SetFacts> SETS =
        new Kind<>(
            "/apis/apps/v1", "statefulsets", "StatefulSetList", ApiJson.DROPPED, SetReader::read);
    static final Kind<ClaimFacts> CLAIMS =
        new Kind<>(
            "/api/v1",
            "persistentvolumeclaims",
            "PersistentVolumeClaimList",
            ApiJson.DROPPED,
            ClaimReader::read);
    static final Kind<OrdinalPod> PODS =
        new Kind<>(
            "/api/v1", "pods", "PodList", ApiJson.DROPPED_BUT_BEGINNINGS, OrdinalPodReader::read);

    static final Kind<NodeStanding> NODES =
        new Kind<>("/api/v1", "nodes", "NodeList", ApiJson.DROPPED, NodeStandingReader::read);

    String path(String namespace) {
      return root
          + (namespace.isEmpty() ? "" : "/namespaces/" + Asked.encoded(namespace))
          + "/"
          + plural;
    }

    String path(String namespace, String name) {
      return path(namespace) + "/" + Asked.encoded(name);
    }
  }

  private <T> Lists<Optional<T>> lists(Kind<T> kind, String namespace) {
    return new Lists<>(
        wire,
        clock,
        kind.path(namespace),
        "",
        kind.list(),
        kind.dropped(),
        json -> Optional.of(kind.read().apply(json)));
  }

  private <T> Cluster.Watching watch(Kind<T> kind, String namespace, Listener<T> listener) {
    ObjectsWatch<T> watch =
        new ObjectsWatch<>(wire, lists(kind, namespace), kind.read(), times, listener);
    watch.start();
    return kept.apply(watch);
  }

  @Override
  public Cluster.Watching watchSets(String namespace, Listener<SetFacts> listener) {
    return watch(Kind.SETS, namespace, listener);
  }

  @Override
  public Cluster.Watching watchClaims(String namespace, Listener<ClaimFacts> listener) {
    return watch(Kind.CLAIMS, namespace, listener);
  }

  @Override
  public Cluster.Watching watchPods(String namespace, Listener<OrdinalPod> listener) {
    return watch(Kind.PODS, namespace, listener);
  }

  @Override
  public Cluster.Watching watchNodes(Listener<NodeStanding> listener) {
    return watch(Kind.NODES, "", listener);
  }

  @Override
  public Listed<SetFacts> listSets(String namespace) {
    return list(Kind.SETS, namespace);
  }

  @Override
  public Listed<ClaimFacts> listClaims(String namespace) {
    return list(Kind.CLAIMS, namespace);
  }

  @Override
  public Listed<OrdinalPod> listPods(String namespace) {
    return list(Kind.PODS, namespace);
  }

  private <T> Listed<T> list(Kind<T> kind, String namespace) {
    return switch (lists(kind, namespace).read(LONGEST_LIST)) {
      case Listing.Complete<Optional<T>> all ->
          new Listed.Complete<>(all.items().stream().flatMap(Optional::stream).toList());
      case Listing.Failed<Optional<T>> failed -> new Listed.Failed<>(Line.of(failed.why()));
    };
  }

  @Override
  public Found<SetFacts> readSet(String namespace, String name) {
    return read(Kind.SETS, namespace, name);
  }

  @Override
  public Found<OrdinalPod> readPod(String namespace, String name) {
    return read(Kind.PODS, namespace, name);
  }

  private <T> Found<T> read(Kind<T> kind, String namespace, String name) {
    return switch (wire.ask(Asked.get(kind.path(namespace, name)))) {
      case Reply.Http http when http.isAbsent(kind.plural(), name) -> new Found.Gone<>();
      case Reply.Http http when http.status() == 200 ->
          http.json()
              .flatMap(kind.read())
              .<Found<T>>map(Found.There::new)
              .orElseGet(() -> new Found.Unknown<>("GET " + kind.plural() + ": " + http.why()));
      case Reply other ->
          new Found.Unknown<>(Line.of("GET " + kind.plural() + " " + name + ": " + other.told()));
    };
  }

  @Override
  public ObjectAnswer patchSet(SetId set, String json) {
    String what = "PATCH set " + set;
    Reply reply = wire.ask(Asked.jsonPatch(Kind.SETS.path(set.namespace(), set.name()), json));
    return written(
        reply,
        what,
        refused ->
            reply instanceof Reply.Http http && saysThatTheTestFailed(http)
                ? new ObjectAnswer.Conflict(refused.why())
                : refused);
  }

  /**
   * A JSON patch that does not fit is answered without a word of what and why. A validation names
   * the object and its causes, an admission webhook itself: those would refuse it the next time
   * too.
   */
  private static boolean saysThatTheTestFailed(Reply.Http http) {
    return http.status() == 422
        && http.apiStatus()
            .filter(it -> it.reason().equals("Invalid"))
            .filter(it -> it.kind().isEmpty() && it.name().isEmpty() && it.causes().isEmpty())
            .filter(it -> !it.message().startsWith("admission webhook"))
            .isPresent();
  }

  @Override
  public ObjectAnswer createPod(String namespace, String json) {
    return write(
        Asked.post(Kind.PODS.path(namespace), json, Asked.OBJECT_BYTES),
        "POST pod",
        refused -> refused);
  }

  @Override
  public ObjectAnswer deletePod(OrdinalPod pod) {
    return deletePod(pod, "");
  }

  @Override
  public ObjectAnswer deleteUnchanged(OrdinalPod pod) {
    return deletePod(pod, pod.resourceVersion());
  }

  private ObjectAnswer deletePod(OrdinalPod pod, String version) {
    return delete(
        Kind.PODS.path(pod.namespace(), pod.name()), pod.uid(), version, "pod " + pod.name());
  }

  @Override
  public ObjectAnswer deleteClaim(ClaimFacts claim) {
    return delete(
        Kind.CLAIMS.path(claim.namespace(), claim.name()),
        claim.uid(),
        claim.resourceVersion(),
        "claim " + claim.name());
  }

  private ObjectAnswer delete(String path, String uid, String version, String what) {
    ObjectNode options =
        ApiJson.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
    ObjectNode preconditions = options.putObject("preconditions").put("uid", uid);
    if (!version.isEmpty()) {
      preconditions.put("resourceVersion", version);
    }
    return write(
        Asked.delete(path, ApiJson.text(options), Asked.OBJECT_BYTES),
        "DELETE " + what,
        refused -> refused);
  }

  private ObjectAnswer write(
      Asked asked, String what, Function<ObjectAnswer.Refused, ObjectAnswer> judge) {
    return written(wire.ask(asked), what, judge);
  }

  private static ObjectAnswer written(
      Reply reply, String what, Function<ObjectAnswer.Refused, ObjectAnswer> judge) {
    return switch (reply) {
      case Reply.None none -> new ObjectAnswer.Unclear(Line.of(what + ": " + none.told()));
      case Reply.Http http -> written(http, Line.of(what + ": " + http.why()), judge);
    };
  }

  private static ObjectAnswer written(
      Reply.Http http, String why, Function<ObjectAnswer.Refused, ObjectAnswer> judge) {
    boolean isOfTheServer = http.apiStatus().isPresent();
    return switch (http.status()) {
      case 200, 201, 202 -> new ObjectAnswer.Done();
      case 404 -> isAbsent(http) ? new ObjectAnswer.Gone() : new ObjectAnswer.Unclear(why);
      case 409 -> new ObjectAnswer.Conflict(why);
      case 400, 403, 405, 413, 415, 422 ->
          judge.apply(
              new ObjectAnswer.Refused(
                  http.status(), isOfTheServer && saysThatTheNamespaceEnds(http), why));
      default -> new ObjectAnswer.Unclear(why);
    };
  }

  private static boolean isAbsent(Reply.Http http) {
    return http.apiStatus().filter(it -> it.reason().equals("NotFound")).isPresent();
  }

  private static boolean saysThatTheNamespaceEnds(Reply.Http http) {
    return http.status() == 403
        && http.apiStatus()
            .filter(
                it ->
                    it.causes().stream()
                        .anyMatch(cause -> cause.reason().equals("NamespaceTerminating")))
            .isPresent();
  }

  @Override
  public void tell(SetNews news) {
    events.accept(news);
  }

  @Override
  public Permission mayWe(Right right) {
    ObjectNode review =
        ApiJson.MAPPER
            .createObjectNode()
            .put("apiVersion", "authorization.k8s.io/v1")
            .put("kind", "SelfSubjectAccessReview");
    review
        .putObject("spec")
        .putObject("resourceAttributes")
        .put("verb", right.verb())
        .put("group", right.group())
        .put("resource", right.resource())
        .put("name", right.name())
        .put("namespace", right.namespace());
    Reply reply =
        wire.ask(
            Asked.post(
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                ApiJson.text(review),
                Asked.STATUS_BYTES));
    return reply instanceof Reply.Http http && http.status() / 100 == 2
        ? http.json()
            .map(json -> json.path("status").path("allowed"))
            .filter(JsonNode::isBoolean)
            .map(allowed -> allowed.booleanValue() ? Permission.GRANTED : Permission.MISSING)
            .orElse(Permission.UNKNOWN)
        : Permission.UNKNOWN;
  }
}
