package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.NodeStanding;
import io.drainwatch.drainer.scaledown.OrdinalName;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets, claims and pods of one namespace, and two Nodes, on paper, with a StatefulSet controller, a
 * garbage collector, a scheduler and a kubelet that act when they are told to.
 */
class PaperWorld {
  static final String SPACE = "shop";

  private final InstantSource clock;
  final PaperShelf<SetFacts> sets = new PaperShelf<>();
  final PaperShelf<ClaimFacts> claims = new PaperShelf<>();
  final PaperShelf<OrdinalPod> pods = new PaperShelf<>();
  final PaperShelf<NodeStanding> nodes = new PaperShelf<>();

  /** Names of the claims that a clean-up pod, by its UID, mounts. */
  final Map<String, Set<String>> mounts = new HashMap<>();

  /** UIDs of the claims that a clean-up pod, by its UID, has begun with. */
  final Map<String, Set<String>> worked = new HashMap<>();

  private int versions;
  private int uids;

  PaperWorld(InstantSource clock) {
    this.clock = clock;
    maintain("n0", false);
    maintain("n1", false);
  }

  // -- what people do

  void put(SetFacts set) {
    change(set);
  }

  void maintain(String node, boolean underMaintenance) {
    nodes.put(node, new NodeStanding(node, underMaintenance, Set.of()));
  }

  /** Of the set and all that it has. */
  void template(String name, Optional<String> text) {
    set(name)
        .ifPresent(
            set ->
                change(
                    PaperSets.of(
                        set,
                        text.map(each -> new SetFacts.Template(each, false)),
                        set.isLeftAlone())));
  }

  void skip(String name, boolean skipped) {
    set(name).ifPresent(set -> change(PaperSets.of(set, set.template(), skipped)));
  }

  void skipClaim(String name, boolean skipped) {
    claim(name)
        .ifPresent(
            each ->
                claims.put(
                    name,
                    new ClaimFacts(
                        SPACE,
                        name,
                        each.uid(),
                        version(),
                        each.isTerminating(),
                        skipped,
                        each.createdAt())));
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

  /** One piece of news; false: there is none. */
  boolean deliver(int kind) {
    return shelf(kind).deliver();
  }

  void lose(int kind) {
    shelf(kind).lose();
  }

  private PaperShelf<?> shelf(int kind) {
    return switch (kind % 4) {
      case 0 -> sets;
      case 1 -> claims;
      case 2 -> pods;
      default -> nodes;
    };
  }

  void deliverAll() {
    while (deliver(0) || deliver(1) || deliver(2) || deliver(3)) {
      // until there is none
    }
  }

  void forgetWatches() {
    sets.watches.clear();
    claims.watches.clear();
    pods.watches.clear();
    nodes.watches.clear();
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
        pod.node(),
        pod.hasBegun() || phase != PodPhase.PENDING,
        pod.template(),
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
        set.podDefaults(),
        set.attempts());
  }

  private void change(SetFacts set) {
    sets.put(
        set.id().name(), withVersion(set, set.replicas(), set.finalizers(), set.isTerminating()));
  }
}
