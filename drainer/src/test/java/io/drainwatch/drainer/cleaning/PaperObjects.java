package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.NodeStanding;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets, claims and pods of one namespace, and two Nodes, on paper: what is there, what people do
 * with it, and who is told.
 */
abstract class PaperObjects {
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

  PaperObjects(InstantSource clock) {
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
        "",
        phase != PodPhase.PENDING,
        phase != PodPhase.PENDING,
        "",
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
        pod.isAtWork() || phase != PodPhase.PENDING,
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
