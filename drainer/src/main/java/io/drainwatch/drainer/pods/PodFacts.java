package io.drainwatch.drainer.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API said about a pod; as much of it as the drain needs. Refuses nothing: it is what
 * others wrote, and one odd pod must not end the drain of all. Moments are by the API server's
 * clock.
 *
 * @param resourceVersion of what was read; empty: not told
 * @param nodeName empty: not bound yet
 * @param deletionTimestamp when its grace ends (not when the deletion was asked for); empty: it is
 *     not terminating
 * @param grace {@code spec.terminationGracePeriodSeconds}
 * @param hasBegun a container of its has started; with several, or with init containers, it may be
 *     Pending all the same
 * @param unreadable fields that could not be understood, by their path; the others count
 */
public record PodFacts(
    String uid,
    String resourceVersion,
    String namespace,
    String name,
    String nodeName,
    PodPhase phase,
    Optional<Instant> deletionTimestamp,
    Optional<Duration> grace,
    Map<String, String> annotations,
    Map<String, String> labels,
    List<PodOwner> owners,
    List<Toleration> tolerations,
    Pinning pinning,
    int priority,
    Optional<String> priorityClassName,
    List<PodVolume> volumes,
    List<String> finalizers,
    Optional<Instant> createdAt,
    boolean ready,
    boolean hasBegun,
    List<String> unreadable) {

  public PodFacts {
    annotations = Map.copyOf(annotations);
    labels = Map.copyOf(labels);
    owners = List.copyOf(owners);
    tolerations = List.copyOf(tolerations);
    volumes = List.copyOf(volumes);
    finalizers = List.copyOf(finalizers);
    unreadable = List.copyOf(unreadable);
  }

  /** The one owner that counts, however many there are. */
  public Optional<PodOwner> controller() {
    return owners.stream().filter(PodOwner::isController).findFirst();
  }

  public boolean isTerminating() {
    return deletionTimestamp.isPresent();
  }

  /** Whether it has volumes that another node may wait for. */
  public boolean hasAttachedVolumes() {
    return volumes.stream().anyMatch(volume -> volume.kind().isAttached());
  }

  /** Made behind a StatefulSet that was scaled down, by ourselves: we make it anew when it goes. */
  boolean isCleanup() {
    return annotations.containsKey(Marks.CLEANUP_OWNER) && controller().isEmpty();
  }

  boolean isDaemon() {
    return controller().filter(owner -> owner.isKind("DaemonSet")).isPresent();
  }

  boolean tolerates(Taint taint) {
    return tolerations.stream().anyMatch(toleration -> toleration.tolerates(taint));
  }

  boolean hasLabel(String key, String value) {
    return value.equals(labels.get(key));
  }
}
