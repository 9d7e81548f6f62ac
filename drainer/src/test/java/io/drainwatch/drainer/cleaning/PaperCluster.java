package io.drainwatch.drainer.cleaning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.cluster.Cluster.Watching;
import io.drainwatch.drainer.cluster.Found;
import io.drainwatch.drainer.cluster.ObjectAnswer;
import io.drainwatch.drainer.cluster.SetNews;
import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Attempts;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.NodeStanding;
import io.drainwatch.drainer.scaledown.OrdinalName;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The API server of a {@link PaperWorld}. What watches tell comes when it is delivered, so a view
 * may lie behind as far as a test wants.
 *
 * <p>Looks itself at the promises that matter: a claim goes only behind a clean-up that has
 * succeeded with that very claim; with OrderedReady there are never two clean-up pods; nothing is
 * touched that is not ours.
 */
final class PaperCluster extends PaperWorld implements StatefulCluster {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String OURS = "drainwatch.io/scaledown";
  private static final String ATTEMPTS = "/metadata/annotations/drainwatch.io~1scaledown-attempts";

  /** The process ends in the middle of a request. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  final List<String> requests = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final List<String> broken = new ArrayList<>();
  int crashAt = -1;

  /** What happens while that request is under way. */
  int interruptedAt = -1;

  Runnable interruption = () -> {};
  boolean crashesAfterwards;
  boolean namespaceEnds;
  Optional<ObjectAnswer> patchRefusal = Optional.empty();
  private Optional<ObjectAnswer> refusal = Optional.empty();

  PaperCluster(InstantSource clock) {
    super(clock);
  }

  void refuseCreation(ObjectAnswer answer) {
    refusal = Optional.of(answer);
  }

  void acceptCreation() {
    refusal = Optional.empty();
  }

  /** Requests that change something. */
  List<String> writes() {
    return requests.stream().filter(each -> !each.startsWith("GET")).toList();
  }

  // -- what the cleaner asks

  private <T> T asked(String what, Supplier<T> answer) {
    requests.add(what);
    if (requests.size() - 1 == interruptedAt) {
      interruption.run();
    }
    boolean crashes = requests.size() - 1 == crashAt;
    if (crashes && !crashesAfterwards) {
      throw new Crash();
    }
    T answered = answer.get();
    if (crashes) {
      throw new Crash();
    }
    return answered;
  }

  @Override
  public Watching watchSets(String namespace, Listener<SetFacts> listener) {
    return sets.watch(listener);
  }

  @Override
  public Watching watchClaims(String namespace, Listener<ClaimFacts> listener) {
    return claims.watch(listener);
  }

  @Override
  public Watching watchPods(String namespace, Listener<OrdinalPod> listener) {
    return pods.watch(listener);
  }

  @Override
  public Watching watchNodes(Listener<NodeStanding> listener) {
    return nodes.watch(listener);
  }

  @Override
  public Found<SetFacts> readSet(String namespace, String name) {
    return asked("GET set " + name, () -> found(sets.objects.get(name)));
  }

  @Override
  public Found<OrdinalPod> readPod(String namespace, String name) {
    return asked("GET pod " + name, () -> found(pods.objects.get(name)));
  }

  private static <T> Found<T> found(T object) {
    return object == null ? new Found.Gone<>() : new Found.There<>(object);
  }

  @Override
  public ObjectAnswer patchSet(SetId id, String json) {
    return asked("PATCH set " + id.name(), () -> patchRefusal.orElseGet(() -> patched(id, json)));
  }

  private ObjectAnswer patched(SetId id, String json) {
    SetFacts set = sets.objects.get(id.name());
    if (set == null) {
      return new ObjectAnswer.Gone();
    }
    List<String> finalizers = new ArrayList<>(set.finalizers());
    Attempts attempts = set.attempts();
    for (JsonNode each : tree(json)) {
      String path = each.path("path").asText();
      switch (each.path("op").asText()) {
        case "test" -> {
          if (!each.path("value").asText().equals(set.resourceVersion())) {
            return new ObjectAnswer.Conflict("stale");
          }
        }
        case "remove" -> {
          if (path.equals(ATTEMPTS)) {
            if (attempts.equals(Attempts.NONE)) {
              broken.add("what is not there was to be removed");
            }
            attempts = Attempts.NONE;
            continue;
          }
          int at = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
          if (!finalizers.remove(at).equals(OURS)) {
            broken.add("another finalizer was removed: " + json);
          }
        }
        case "add" -> {
          if (path.equals(ATTEMPTS)) {
            attempts = Attempts.of(each.path("value").asText());
            continue;
          }
          if (set.isTerminating()) {
            broken.add("a finalizer was added to a set that is deleted");
          }
          JsonNode value = each.path("value");
          finalizers.add(value.isArray() ? value.get(0).asText() : value.asText());
        }
        default -> broken.add("patch " + json);
      }
    }
    sets.put(id.name(), PaperSets.of(set, version(), finalizers, attempts));
    collect(id.name());
    return new ObjectAnswer.Done();
  }

  @Override
  public ObjectAnswer createPod(String namespace, String json) {
    JsonNode pod = tree(json);
    String name = pod.path("metadata").path("name").asText();
    return asked("POST pod " + name, () -> created(name, pod));
  }

  private ObjectAnswer created(String name, JsonNode pod) {
    if (namespaceEnds) {
      return new ObjectAnswer.Refused(403, true, "the namespace is being terminated");
    }
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (pods.objects.containsKey(name)) {
      return new ObjectAnswer.Conflict("it exists");
    }
    JsonNode annotations = pod.path("metadata").path("annotations");
    OrdinalPod made = pod(name, PodPhase.PENDING, Optional.empty());
    OrdinalPod.Owner owner =
        new OrdinalPod.Owner(
            annotations.path("drainwatch.io/scaledown-owner").asText(),
            annotations.path("drainwatch.io/scaledown-owner-uid").asText());
    pods.put(
        name,
        new OrdinalPod(
            SPACE,
            name,
            made.uid(),
            made.resourceVersion(),
            made.phase(),
            false,
            Optional.of(owner),
            Optional.empty(),
            Map.of(),
            made.createdAt(),
            Optional.empty(),
            0,
            annotations.path("drainwatch.io/scaledown-attempt").asInt(),
            "",
            false,
            false,
            annotations.path("drainwatch.io/scaledown-template").asText(),
            ""));
    Set<String> mounted = new HashSet<>();
    pod.at("/spec/volumes")
        .forEach(each -> mounted.add(each.at("/persistentVolumeClaim/claimName").asText()));
    mounts.put(made.uid(), mounted);
    boolean isParallel = set(owner.set()).filter(SetFacts::isParallel).isPresent();
    long ours = pods().stream().filter(each -> each.owner().equals(Optional.of(owner))).count();
    if (!isParallel && ours > 1) {
      broken.add("two clean-up pods of " + owner.set());
    }
    return new ObjectAnswer.Done();
  }

  @Override
  public ObjectAnswer deletePod(OrdinalPod pod) {
    return asked("DELETE pod " + pod.name(), () -> deleted(pod));
  }

  @Override
  public ObjectAnswer deleteUnchanged(OrdinalPod pod) {
    return asked(
        "DELETE pod " + pod.name(),
        () ->
            pod(pod.name())
                    .filter(there -> !there.resourceVersion().equals(pod.resourceVersion()))
                    .isPresent()
                ? new ObjectAnswer.Conflict("another version")
                : deleted(pod));
  }

  private ObjectAnswer deleted(OrdinalPod pod) {
    OrdinalPod there = pods.objects.get(pod.name());
    if (there == null) {
      return new ObjectAnswer.Gone();
    }
    if (!there.uid().equals(pod.uid())) {
      return new ObjectAnswer.Conflict("another uid");
    }
    boolean mayBeEnded =
        there
            .controller()
            .flatMap(uid -> set(OrdinalName.of(there.name()).orElseThrow().stem()))
            .filter(set -> set.isTerminating() && !set.finalizers().contains("orphan"))
            .isPresent();
    if (there.owner().isEmpty() && !mayBeEnded) {
      broken.add("pod " + pod.name() + " deleted, which is not ours");
    }
    if (there.phase().isFinished()) {
      pods.remove(pod.name());
    } else {
      terminate(there);
    }
    return new ObjectAnswer.Done();
  }

  @Override
  public ObjectAnswer deleteClaim(ClaimFacts claim) {
    return asked("DELETE claim " + claim.name(), () -> deleted(claim));
  }

  private ObjectAnswer deleted(ClaimFacts claim) {
    ClaimFacts there = claims.objects.get(claim.name());
    if (there == null) {
      return new ObjectAnswer.Gone();
    }
    if (!there.uid().equals(claim.uid())) {
      return new ObjectAnswer.Conflict("another uid");
    }
    if (!there.resourceVersion().equals(claim.resourceVersion())) {
      return new ObjectAnswer.Conflict("another version");
    }
    boolean isDone =
        pods().stream()
            .anyMatch(
                pod ->
                    pod.phase() == PodPhase.SUCCEEDED
                        && pod.owner().isPresent()
                        && worked.getOrDefault(pod.uid(), Set.of()).contains(claim.uid()));
    if (!isDone || there.isLeftAlone()) {
      broken.add("claim " + claim.name() + " deleted, whose clean-up has not succeeded");
    }
    claims.put(
        claim.name(),
        new ClaimFacts(
            SPACE, claim.name(), claim.uid(), version(), true, false, claim.createdAt()));
    return new ObjectAnswer.Done();
  }

  @Override
  public void tell(SetNews news) {
    events.add(news.notice().reason() + " " + news.set().name() + " " + news.detail());
  }

  @Override
  public Permission mayWe(Right right) {
    return Permission.GRANTED;
  }

  @Override
  public Listed<SetFacts> listSets(String namespace) {
    return new Listed.Complete<>(List.copyOf(sets.objects.values()));
  }

  @Override
  public Listed<ClaimFacts> listClaims(String namespace) {
    return new Listed.Complete<>(List.copyOf(claims.objects.values()));
  }

  @Override
  public Listed<OrdinalPod> listPods(String namespace) {
    return new Listed.Complete<>(pods());
  }

  private static JsonNode tree(String json) {
    try {
      return Objects.requireNonNull(MAPPER.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
