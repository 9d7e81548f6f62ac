package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.OrdinalName;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets, claims and pods of one namespace on paper, with a StatefulSet controller, a garbage
 * collector and a kubelet that act when they are told to.
 */
class PaperWorld {
  static final String SPACE = "shop";

  private final InstantSource clock;
  final PaperShelf<SetFacts> sets = new PaperShelf<>();
  final PaperShelf<ClaimFacts> claims = new PaperShelf<>();
  final PaperShelf<OrdinalPod> pods = new PaperShelf<>();

  /** UIDs of the claims that a clean-up pod, by its UID, has begun with. */
  final Map<String, Set<String>> worked = new HashMap<>();

  private int versions;
  private int uids;

  PaperWorld(InstantSource clock) {
    this.clock = clock;
  }

  // -- what people do

  void put(SetFacts set) {
    sets.put(
        set.id().name(), withVersion(set, set.replicas(), set.finalizers(), set.isTerminating()));
  }

  Optional<SetFacts> set(String name) {
    return Optional.ofNullable(sets.objects.get(name));
  }

  void scale(String name, int replicas) {
    set(name)
        .filter(set -> !set.isTerminating())
        .ifPresent(set -> sets.put(name, withVersion(set, replicas, set.finalizers(), false)));
  }

  void delete(String name) {
    set(name)
        .ifPresent(
            set -> {
              sets.put(name, withVersion(set, set.replicas(), set.finalizers(), true));
              collect(name);
            });
  }

  List<String> claims() {
    return List.copyOf(claims.objects.keySet());
  }

  Optional<ClaimFacts> claim(String name) {
    return Optional.ofNullable(claims.objects.get(name));
  }

  List<OrdinalPod> pods() {
    return List.copyOf(pods.objects.values());
  }

  Optional<OrdinalPod> pod(String name) {
    return Optional.ofNullable(pods.objects.get(name));
  }

  void putClaim(String name) {
    claims.put(
        name, new ClaimFacts(SPACE, name, "claim-" + uids++, version(), false, false, second()));
  }

  void removeClaim(String name) {
    claims.remove(name);
  }

  void putPod(OrdinalPod pod) {
    pods.put(pod.name(), pod);
  }

  // -- Kubernetes

  /** One step of the StatefulSet controller for each set that is not deleted. */
  void control() {
    for (SetFacts set : List.copyOf(sets.objects.values())) {
      if (!set.isTerminating()) {
        control(set);
      }
    }
  }

  private void control(SetFacts set) {
    List<OrdinalPod> surplus =
        statefulPods(set).stream()
            .filter(pod -> ordinal(pod) >= set.replicas())
            .filter(pod -> !pod.isTerminating())
            .toList();
    if (!surplus.isEmpty()) {
      terminate(surplus.getLast());
      return;
    }
    for (int i = 0; i < set.replicas(); i++) {
      String name = set.id().name() + "-" + i;
      for (String template : set.claimTemplates()) {
        String claim = template + "-" + name;
        if (!claims.objects.containsKey(claim)) {
          putClaim(claim);
        }
      }
      if (!pods.objects.containsKey(name)) {
        boolean isBlocked =
            set.claimTemplates().stream()
                .map(template -> claims.objects.get(template + "-" + name))
                .anyMatch(claim -> claim == null || claim.isTerminating());
        if (!isBlocked) {
          pods.put(name, pod(name, PodPhase.RUNNING, Optional.of(set.id().uid())));
        }
        return;
      }
    }
  }

  private List<OrdinalPod> statefulPods(SetFacts set) {
    return pods.objects.values().stream()
        .filter(pod -> pod.controller().filter(set.id().uid()::equals).isPresent())
        .sorted(Comparator.comparingInt(PaperWorld::ordinal))
        .toList();
  }

  private static int ordinal(OrdinalPod pod) {
    return OrdinalName.of(pod.name()).orElseThrow().ordinal();
  }

  /** A set without finalizers goes, and its pods with it; their claims stay. */
  void collect(String name) {
    set(name)
        .filter(set -> set.isTerminating() && set.finalizers().isEmpty())
        .ifPresent(
            set -> {
              sets.remove(name);
              statefulPods(set).forEach(this::terminate);
            });
  }

  void terminate(OrdinalPod pod) {
    pods.put(pod.name(), with(pod, pod.phase(), true));
  }

  /** What terminates is gone. */
  void reap() {
    pods().stream().filter(OrdinalPod::isTerminating).forEach(pod -> pods.remove(pod.name()));
    List.copyOf(claims.objects.values()).stream()
        .filter(ClaimFacts::isTerminating)
        .forEach(claim -> claims.remove(claim.name()));
  }

  /** A clean-up pod goes from Pending to Running, or from Running to its end. */
  void run(String name, PodPhase phase) {
    pod(name)
        .filter(pod -> pod.owner().isPresent() && !pod.isTerminating())
        .filter(
            pod ->
                phase == PodPhase.RUNNING
                    ? pod.phase() == PodPhase.PENDING && hasItsClaims(pod)
                    : pod.phase() == PodPhase.RUNNING || phase == PodPhase.FAILED)
        .filter(pod -> !pod.phase().isFinished())
        .ifPresent(
            pod -> {
              if (phase == PodPhase.RUNNING) {
                worked.put(pod.uid(), claimsOf(pod));
              }
              pods.put(name, with(pod, phase, false));
            });
  }

  private boolean hasItsClaims(OrdinalPod pod) {
    return !claimsOf(pod).isEmpty();
  }

  private Set<String> claimsOf(OrdinalPod pod) {
    Set<String> uids = new HashSet<>();
    claims.objects.values().stream()
        .filter(claim -> claim.name().endsWith("-" + pod.name()) && !claim.isTerminating())
        .forEach(claim -> uids.add(claim.uid()));
    return uids;
  }

  /** One piece of news; false: there is none. */
  boolean deliver(int kind) {
    return switch (kind % 3) {
      case 0 -> sets.deliver();
      case 1 -> claims.deliver();
      default -> pods.deliver();
    };
  }

  void deliverAll() {
    while (deliver(0) || deliver(1) || deliver(2)) {
      // until there is none
    }
  }

  void forgetWatches() {
    sets.watches.clear();
    claims.watches.clear();
    pods.watches.clear();
  }

  // -- values

  OrdinalPod pod(String name, PodPhase phase, Optional<String> controller) {
    return new OrdinalPod(
        SPACE,
        name,
        "pod-" + uids++,
        version(),
        phase,
        false,
        Optional.empty(),
        controller,
        Map.of(),
        second(),
        Optional.empty(),
        0,
        0,
        "");
  }

  String version() {
    return String.valueOf(++versions);
  }

  // whole seconds, as the API server writes them
  Instant second() {
    return Instant.ofEpochSecond(clock.instant().getEpochSecond());
  }

  OrdinalPod with(OrdinalPod pod, PodPhase phase, boolean terminating) {
    return new OrdinalPod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        version(),
        phase,
        terminating || pod.isTerminating(),
        pod.owner(),
        pod.controller(),
        pod.labels(),
        pod.createdAt(),
        phase.isFinished() && pod.endedAt().isEmpty() ? Optional.of(second()) : pod.endedAt(),
        pod.restarts(),
        pod.attempt(),
        phase == PodPhase.FAILED ? "exit code 3" : pod.told());
  }

  SetFacts withVersion(SetFacts set, int replicas, List<String> finalizers, boolean terminating) {
    return new SetFacts(
        set.id(),
        version(),
        set.template(),
        set.isLeftAlone(),
        finalizers,
        terminating,
        set.start(),
        replicas,
        set.isParallel(),
        set.retention(),
        set.selector(),
        set.claimTemplates(),
        set.podDefaults());
  }
}
