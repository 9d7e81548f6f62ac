package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The pods of a Node, with a list every 20 s as a cross-check. */
final class ModelPodWatch extends ModelWatch {
  private static final Duration CROSS_CHECK = Duration.ofSeconds(20);

  private final String node;
  private final Consumer<PodsSeen> listener;
  private Map<String, PodFacts> known = new TreeMap<>();
  private Optional<Instant> completeAt = Optional.empty();
  private int disagreements;

  ModelPodWatch(ModelApi api, String node, Consumer<PodsSeen> listener) {
    super(api, "pods " + node);
    this.node = node;
    this.listener = listener;
  }

  @Override
  void open() {
    super.open();
    later(CROSS_CHECK, this::crossCheck);
  }

  private void crossCheck() {
    Optional<PodView> before = completeAt.map(at -> view());
    if (list()) {
      PodView now = view();
      disagreements += before.map(it -> (int) it.disagreementsWith(now)).orElse(0);
    }
    later(CROSS_CHECK, this::crossCheck);
  }

  @Override
  boolean list() {
    if (!(api.listPods(node) instanceof PodListing.Complete complete)) {
      return false;
    }
    known = new TreeMap<>();
    complete.pods().forEach(pod -> known.put(pod.namespace() + "/" + pod.name(), pod));
    completeAt = Optional.of(complete.begun());
    later(Duration.ZERO, this::tell);
    return true;
  }

  @Override
  boolean concerns(Change change) {
    return isOurs(change.before()) || isOurs(change.after());
  }

  private boolean isOurs(Optional<ModelObject> object) {
    return object.isPresent() && object.get() instanceof ModelPod pod && pod.node().equals(node);
  }

  @Override
  void changed(Change change) {
    if (!(change.latest() instanceof ModelPod pod)) {
      return;
    }
    boolean isHere = change.after().isPresent() && pod.node().equals(node);
    boolean wasHere = known.containsKey(pod.key());
    if (isHere) {
      known.put(pod.key(), pod.facts());
    } else if (wasHere) {
      known.remove(pod.key());
    }
    if (isHere || wasHere) {
      tell();
    }
  }

  private PodView view() {
    return new PodView(new ArrayList<>(known.values()), completeAt);
  }

  private void tell() {
    listener.accept(
        new PodsSeen(view(), Duration.between(cluster.now(), cluster.serverNow()), disagreements));
  }
}
