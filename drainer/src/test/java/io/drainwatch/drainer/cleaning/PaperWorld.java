package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.OrdinalName;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@link PaperObjects} with a StatefulSet controller, a garbage collector, a scheduler and a
 * kubelet that act when they are told to.
 */
class PaperWorld extends PaperObjects {
  PaperWorld(InstantSource clock) {
    super(clock);
  }

  void delete(String name) {
    delete(name, List.of());
  }

  /**
   * @param propagation the finalizers that the server sets for it: none, orphan, foregroundDeletion
   */
  void delete(String name, List<String> propagation) {
    set(name)
        .filter(set -> !set.isTerminating())
        .ifPresent(
            set -> {
              List<String> finalizers = new ArrayList<>(set.finalizers());
              finalizers.addAll(propagation);
              sets.put(name, withVersion(set, set.replicas(), finalizers, true));
              collect(name);
            });
  }

  // -- Kubernetes

  /** One step of the StatefulSet controller, or of the garbage collector, for each set. */
  void control() {
    for (SetFacts set : List.copyOf(sets.objects.values())) {
      if (!set.isTerminating()) {
        control(set);
      } else if (set.finalizers().contains("orphan")) {
        orphan(set);
      } else if (set.finalizers().contains("foregroundDeletion")) {
        endInForeground(set);
      }
    }
  }

  private void orphan(SetFacts set) {
    List<OrdinalPod> owned = statefulPods(set);
    if (owned.isEmpty()) {
      finalizerDone(set, "orphan");
    } else {
      OrdinalPod pod = owned.getFirst();
      pods.put(pod.name(), PaperSets.of(pod, version(), Optional.empty(), set.id().name()));
    }
  }

  private void endInForeground(SetFacts set) {
    List<OrdinalPod> owned = statefulPods(set);
    owned.stream().filter(pod -> !pod.isTerminating()).forEach(this::terminate);
    if (owned.isEmpty()) {
      finalizerDone(set, "foregroundDeletion");
    }
  }

  private void finalizerDone(SetFacts set, String finalizer) {
    List<String> left = set.finalizers().stream().filter(each -> !each.equals(finalizer)).toList();
    sets.put(set.id().name(), withVersion(set, set.replicas(), left, true));
    collect(set.id().name());
  }

  /** Pods without an owner, after a deletion that left them. */
  List<OrdinalPod> nobodys(String set) {
    return pods().stream()
        .filter(pod -> pod.controller().isEmpty() && pod.owner().isEmpty())
        .filter(pod -> OrdinalName.of(pod.name()).orElseThrow().stem().equals(set))
        .toList();
  }

  private void control(SetFacts set) {
    for (OrdinalPod pod : nobodys(set.id().name())) {
      pods.put(pod.name(), PaperSets.of(pod, version(), Optional.of(set.id().uid()), ""));
    }
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

  /** The scheduler binds a clean-up pod, where that is possible. */
  void bind(String name) {
    pod(name)
        .filter(pod -> pod.owner().isPresent() && pod.node().isEmpty() && !pod.isTerminating())
        .ifPresent(
            pod ->
                nodes.objects.values().stream()
                    .filter(node -> !node.isUnderMaintenance())
                    .findFirst()
                    .ifPresent(
                        node ->
                            pods.put(
                                name, PaperSets.of(pod, version(), node.name(), pod.hasBegun()))));
  }

  /** Its first container starts, of several: it is Pending all the same. */
  void begin(String name) {
    pod(name)
        .filter(pod -> pod.phase() == PodPhase.PENDING && !pod.node().isEmpty())
        .filter(pod -> pod.owner().isPresent() && !pod.isTerminating() && hasItsClaims(pod))
        .ifPresent(
            pod -> {
              worked.put(pod.uid(), claimsOf(pod));
              pods.put(name, PaperSets.of(pod, version(), pod.node(), true));
            });
  }

  /** A clean-up pod goes from Pending to Running, or from Running to its end. */
  void run(String name, PodPhase phase) {
    if (phase == PodPhase.RUNNING) {
      bind(name);
    }
    pod(name)
        .filter(pod -> pod.owner().isPresent() && !pod.isTerminating())
        .filter(
            pod ->
                phase == PodPhase.RUNNING
                    ? pod.phase() == PodPhase.PENDING && !pod.node().isEmpty() && hasItsClaims(pod)
                    : pod.phase() == PodPhase.RUNNING || phase == PodPhase.FAILED)
        .filter(pod -> !pod.phase().isFinished())
        .ifPresent(
            pod -> {
              if (phase == PodPhase.RUNNING && !pod.hasBegun()) {
                worked.put(pod.uid(), claimsOf(pod));
              }
              pods.put(name, with(pod, phase, false));
            });
  }

  private boolean hasItsClaims(OrdinalPod pod) {
    return claimsOf(pod).size() == mounts.getOrDefault(pod.uid(), Set.of()).size();
  }

  private Set<String> claimsOf(OrdinalPod pod) {
    Set<String> uids = new HashSet<>();
    claims.objects.values().stream()
        .filter(claim -> mounts.getOrDefault(pod.uid(), Set.of()).contains(claim.name()))
        .filter(claim -> !claim.isTerminating())
        .forEach(claim -> uids.add(claim.uid()));
    return uids;
  }
}
