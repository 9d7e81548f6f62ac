package io.drainwatch.drainer.model;

import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the kubelets do: pods that are bound start; terminating ones stop at their own pace, at most
 * in their grace, and are taken off the API; the Ready heartbeat. A Node that is not Ready keeps
 * its pods as they are until it is Ready again.
 */
final class Kubelets {
  /** A kubelet with nothing to say renews the Node's status so seldom. */
  static final Duration HEARTBEAT = Duration.ofMinutes(5);

  private final Store store;
  private final Timeline time;
  private final Stamps stamps;
  private final Map<String, Instant> stopsAt = new HashMap<>();
  private final Map<String, Instant> startsAt = new HashMap<>();
  private final Map<String, Duration> told = new HashMap<>();

  Kubelets(Store store, Timeline time, Stamps stamps) {
    this.store = store;
    this.time = time;
    this.stamps = stamps;
    store.listen(this::heard);
  }

  private void heard(Change change) {
    switch (change.latest()) {
      case ModelPod pod when change.after().isEmpty() -> forget(pod.uid());
      case ModelPod pod when pod.node().isEmpty() -> {}
      case ModelPod pod when pod.isTerminating() -> stop(pod);
      case ModelPod pod when pod.facts().phase() == PodPhase.PENDING -> start(pod);
      case ModelNode node when change.after().isPresent() -> {
        boolean wasReady =
            change.before().filter(it -> it instanceof ModelNode old && old.isReady()).isPresent();
        if (node.isReady() && !wasReady) {
          time.in(Duration.ZERO, () -> catchUp(node.name()));
          time.in(HEARTBEAT, () -> beat(node.name(), node.uid()));
        }
      }
      default -> {}
    }
  }

  private void forget(String uid) {
    stopsAt.remove(uid);
    startsAt.remove(uid);
    told.remove(uid);
  }

  // a grace that was shortened counts anew from when the kubelet is told, whatever the time stamp
  private void stop(ModelPod pod) {
    Duration grace = pod.deletionGrace().orElse(Duration.ZERO);
    Optional<Duration> before = Optional.ofNullable(told.put(pod.uid(), grace));
    boolean isNews = before.filter(known -> known.compareTo(grace) <= 0).isEmpty();
    if (!isNews || pod.conduct().stuck()) {
      return;
    }
    Duration needs = pod.conduct().stops();
    Instant at = time.instant().plus(needs.compareTo(grace) < 0 ? needs : grace);
    stopsAt.merge(pod.uid(), at, (one, other) -> one.isBefore(other) ? one : other);
    time.at(at, () -> stopped(pod.key(), pod.uid()));
  }

  private void stopped(String key, String uid) {
    Optional<Instant> due = Optional.ofNullable(stopsAt.get(uid));
    if (due.filter(at -> !at.isAfter(time.instant())).isEmpty()) {
      return;
    }
    store
        .pod(key)
        .filter(pod -> pod.uid().equals(uid) && pod.isTerminating())
        .filter(pod -> store.node(pod.node()).map(ModelNode::isReady).orElse(false))
        .ifPresent(this::finish);
  }

  private void finish(ModelPod pod) {
    stopsAt.remove(pod.uid());
    if (pod.facts().finalizers().isEmpty()) {
      store.remove(pod);
      return;
    }
    store.put(
        pod.with(
            fields -> {
              fields.phase(PodPhase.FAILED);
              fields.deletionGrace = Optional.of(Duration.ZERO);
            }));
  }

  private void start(ModelPod pod) {
    Instant at = time.instant().plus(pod.conduct().starts());
    if (startsAt.putIfAbsent(pod.uid(), at) == null) {
      time.at(at, () -> started(pod.key(), pod.uid()));
    }
  }

  private void started(String key, String uid) {
    store
        .pod(key)
        .filter(pod -> pod.uid().equals(uid) && pod.isActive())
        .filter(pod -> pod.facts().phase() == PodPhase.PENDING)
        .filter(pod -> store.node(pod.node()).map(ModelNode::isReady).orElse(false))
        .ifPresent(
            pod -> {
              startsAt.remove(uid);
              store.put(
                  pod.with(
                      fields -> {
                        fields.phase = PodPhase.RUNNING;
                        fields.ready = pod.conduct().getsReady();
                      }));
            });
  }

  private void catchUp(String node) {
    for (ModelPod pod : store.podsOn(node)) {
      stopped(pod.key(), pod.uid());
      Optional.ofNullable(startsAt.get(pod.uid()))
          .filter(at -> !at.isAfter(time.instant()))
          .ifPresent(at -> started(pod.key(), pod.uid()));
    }
  }

  private void beat(String name, String uid) {
    store
        .node(name)
        .filter(node -> node.uid().equals(uid) && node.isReady())
        .ifPresent(
            node -> {
              Optional<Instant> last =
                  node.condition("Ready").flatMap(ModelNode.Condition::heartbeat);
              Instant now = stamps.node();
              Instant next = last.map(at -> at.plus(HEARTBEAT)).orElse(now);
              if (next.isAfter(now)) {
                return;
              }
              node.condition("Ready")
                  .ifPresent(
                      it ->
                          store.put(
                              node.with(
                                  new ModelNode.Condition(
                                      it.type(),
                                      it.status(),
                                      it.reason(),
                                      it.message(),
                                      Optional.of(now),
                                      it.changed()))));
              time.in(HEARTBEAT, () -> beat(name, uid));
            });
  }
}
