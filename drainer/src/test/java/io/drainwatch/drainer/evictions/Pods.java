package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pods that read aloud. */
public record Pods(EvictablePod pod) {
  static Pods aPod(String name) {
    return new Pods(named("uid-" + name, "shop", name));
  }

  /** Nobody's, with the usual 30 s of grace, to be evicted. */
  public static EvictablePod named(String uid, String namespace, String name) {
    return named(uid, namespace, name, Optional.empty());
  }

  public static EvictablePod named(
      String uid, String namespace, String name, Optional<String> onlyAtVersion) {
    return new EvictablePod(
        uid,
        namespace,
        name,
        Duration.ofSeconds(30),
        Optional.empty(),
        "",
        Optional.empty(),
        true,
        List.of(),
        PodDecision.EVICT,
        onlyAtVersion);
  }

  Pods ownedBy(String owner) {
    return with(pod.grace(), Optional.of(owner), pod.ownerGroup(), pod.decision());
  }

  Pods ownedByVirtualMachine(String owner) {
    return with(pod.grace(), Optional.of(owner), "kubevirt.io", pod.decision());
  }

  Pods grace(int seconds) {
    return with(Duration.ofSeconds(seconds), pod.ownerUid(), pod.ownerGroup(), pod.decision());
  }

  Pods decided(PodDecision decision) {
    return with(pod.grace(), pod.ownerUid(), pod.ownerGroup(), decision);
  }

  Pods selectedBy(String... budgets) {
    return new Pods(
        new EvictablePod(
            pod.uid(),
            pod.namespace(),
            pod.name(),
            pod.grace(),
            pod.ownerUid(),
            pod.ownerGroup(),
            pod.deletionTimestamp(),
            pod.ready(),
            List.of(budgets),
            pod.decision(),
            pod.onlyAtVersion()));
  }

  Pods unready() {
    return new Pods(
        new EvictablePod(
            pod.uid(),
            pod.namespace(),
            pod.name(),
            pod.grace(),
            pod.ownerUid(),
            pod.ownerGroup(),
            pod.deletionTimestamp(),
            false,
            pod.budgets(),
            pod.decision(),
            pod.onlyAtVersion()));
  }

  static EvictablePod terminating(EvictablePod pod, Duration grace) {
    return new EvictablePod(
        pod.uid(),
        pod.namespace(),
        pod.name(),
        grace,
        pod.ownerUid(),
        pod.ownerGroup(),
        // another clock: nobody may calculate with it
        Optional.of(Instant.EPOCH),
        pod.ready(),
        pod.budgets(),
        pod.decision() == PodDecision.IGNORE ? PodDecision.IGNORE : PodDecision.WAIT,
        pod.onlyAtVersion());
  }

  private Pods with(
      Duration grace, Optional<String> owner, String ownerGroup, PodDecision decision) {
    return new Pods(
        new EvictablePod(
            pod.uid(),
            pod.namespace(),
            pod.name(),
            grace,
            owner,
            ownerGroup,
            pod.deletionTimestamp(),
            pod.ready(),
            pod.budgets(),
            decision,
            pod.onlyAtVersion()));
  }
}
