package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** DELETE of a pod, graceful as the API server does it. */
final class Deletions {
  private final Store store;
  private final Stamps stamps;

  Deletions(Store store, Stamps stamps) {
    this.store = store;
    this.stamps = stamps;
  }

  ModelAnswer delete(String namespace, String name, DeleteWish wish) {
    Optional<ModelPod> found = store.pod(namespace + "/" + name);
    if (found.isEmpty()) {
      return Refusals.notFound("pods", name);
    }
    ModelPod pod = found.get();
    Optional<ModelAnswer> refused = refused(pod, wish);
    if (refused.isPresent()) {
      return refused.get();
    }
    return new ModelAnswer.Of(200, wish.dryRun() ? pod : deleted(pod, wish));
  }

  static Optional<ModelAnswer> refused(ModelPod pod, DeleteWish wish) {
    String name = pod.facts().name();
    return wish.uid()
        .filter(uid -> !uid.equals(pod.uid()))
        .<ModelAnswer>map(uid -> Refusals.otherUid("Pod", name, uid, pod.uid()))
        .or(
            () ->
                wish.version()
                    .filter(version -> !version.equals(pod.resourceVersion()))
                    .map(
                        version ->
                            Refusals.otherVersion("Pod", name, version, pod.resourceVersion())));
  }

  private ModelPod deleted(ModelPod pod, DeleteWish wish) {
    return pod.isTerminating() ? shortened(pod, wish) : begun(pod, wish);
  }

  private ModelPod begun(ModelPod pod, DeleteWish wish) {
    Duration own = pod.facts().grace().orElse(Duration.ZERO);
    boolean atOnce = pod.node().isEmpty() || pod.isFinished();
    Duration grace = atOnce ? Duration.ZERO : wish.grace().orElse(own);
    return terminating(pod, grace, stamps.server().plus(grace));
  }

  // the time stamp moves by the difference: it counts from when the deletion was first asked for,
  // so it may be past
  private ModelPod shortened(ModelPod pod, DeleteWish wish) {
    Duration before = pod.deletionGrace().orElse(Duration.ZERO);
    Optional<Duration> shorter = wish.grace().filter(grace -> grace.compareTo(before) < 0);
    if (shorter.isEmpty()) {
      return pod;
    }
    Instant asked = pod.facts().deletionTimestamp().orElseThrow().minus(before);
    return terminating(pod, shorter.get(), asked.plus(shorter.get()));
  }

  private ModelPod terminating(ModelPod pod, Duration grace, Instant at) {
    ModelPod marked =
        pod.with(
            fields -> {
              fields.deletion = Optional.of(at);
              fields.deletionGrace = Optional.of(grace);
            });
    if (grace.isZero() && pod.facts().finalizers().isEmpty()) {
      store.remove(marked);
      return marked;
    }
    return store.put(marked);
  }
}
