package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.ClaimNames;
import io.drainwatch.drainer.scaledown.Neighbour;
import io.drainwatch.drainer.scaledown.NodeStanding;
import io.drainwatch.drainer.scaledown.NodesAround;
import io.drainwatch.drainer.scaledown.OrdinalName;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sets, claims, pods and Nodes as last seen. Any thread may ask and tell. What is told answers with
 * the names of the sets that it may concern.
 */
final class View {
  /** A set by its name: what watches speak of, and what is worked on one at a time. */
  record Key(String namespace, String set) {
    static Key of(SetId id) {
      return new Key(id.namespace(), id.name());
    }
  }

  private enum Kind {
    SETS,
    CLAIMS,
    PODS
  }

  private record Part(Kind kind, String watched) {}

  private final Scope scope;
  private final Map<String, Map<String, SetFacts>> sets = new HashMap<>();
  private final ByStem<ClaimFacts> claims = new ByStem<>(ClaimFacts::namespace, ClaimFacts::name);
  private final ByStem<OrdinalPod> pods = new ByStem<>(OrdinalPod::namespace, OrdinalPod::name);
  private final Set<Part> complete = new HashSet<>();
  private final Map<String, NodeStanding> nodes = new HashMap<>();
  private NodesAround nodesAround = NodesAround.UNKNOWN;
  private boolean knowsNodes;

  View(Scope scope) {
    this.scope = scope;
  }

  /** Sets, claims and pods of the namespace have all been listed (D10). */
  synchronized boolean isComplete(String namespace) {
    String watched = scope.watched(namespace);
    for (Kind kind : Kind.values()) {
      if (!complete.contains(new Part(kind, watched))) {
        return false;
      }
    }
    return true;
  }

  synchronized Set<Key> setsAre(String watched, List<SetFacts> all) {
    Set<Key> concerned = new LinkedHashSet<>(keys());
    if (watched.isEmpty()) {
      sets.clear();
    } else {
      sets.remove(watched);
    }
    all.forEach(this::put);
    complete.add(new Part(Kind.SETS, watched));
    concerned.addAll(keys());
    return concerned;
  }

  synchronized Set<Key> claimsAre(String watched, List<ClaimFacts> all) {
    claims.clear(watched);
    all.forEach(claims::put);
    complete.add(new Part(Kind.CLAIMS, watched));
    return keys();
  }

  synchronized Set<Key> podsAre(String watched, List<OrdinalPod> all) {
    pods.clear(watched);
    all.forEach(pods::put);
    complete.add(new Part(Kind.PODS, watched));
    return keys();
  }

  synchronized Set<Key> is(SetFacts set) {
    put(set);
    return Set.of(Key.of(set.id()));
  }

  synchronized Set<Key> isGone(SetFacts set) {
    sets.getOrDefault(set.id().namespace(), new HashMap<>()).remove(set.id().name());
    return Set.of(Key.of(set.id()));
  }

  synchronized Set<Key> is(ClaimFacts claim) {
    claims.put(claim);
    return concernedBy(claim);
  }

  synchronized Set<Key> isGone(ClaimFacts claim) {
    claims.remove(claim);
    return concernedBy(claim);
  }

  synchronized Set<Key> is(OrdinalPod pod) {
    pods.put(pod);
    return concernedBy(pod);
  }

  synchronized Set<Key> isGone(OrdinalPod pod) {
    pods.remove(pod);
    return concernedBy(pod);
  }

  synchronized boolean knowsNodes() {
    return knowsNodes;
  }

  synchronized Set<Key> nodesAre(List<NodeStanding> all) {
    Set<Key> concerned = knowsNodes ? new LinkedHashSet<>() : new LinkedHashSet<>(keys());
    knowsNodes = true;
    nodes.clear();
    all.forEach(each -> nodes.put(each.name(), each));
    nodesAround = NodesAround.of(nodes.values());
    nodesAround.underMaintenance().forEach(each -> concerned.addAll(concernedByNode(each)));
    return concerned;
  }

  synchronized Set<Key> is(NodeStanding node) {
    if (node.equals(nodes.put(node.name(), node))) {
      return Set.of();
    }
    nodesAround = NodesAround.of(nodes.values());
    return node.isUnderMaintenance() ? concernedByNode(node.name()) : Set.of();
  }

  synchronized Set<Key> isGone(NodeStanding node) {
    if (nodes.remove(node.name()) != null) {
      nodesAround = NodesAround.of(nodes.values());
    }
    return Set.of();
  }

  private Set<Key> concernedByNode(String node) {
    return pods.all()
        .filter(pod -> pod.owner().isPresent() && pod.node().equals(node))
        .flatMap(pod -> concernedBy(pod).stream())
        .collect(Collectors.toSet());
  }

  private void put(SetFacts set) {
    sets.computeIfAbsent(set.id().namespace(), _ -> new LinkedHashMap<>())
        .put(set.id().name(), set);
  }

  private Set<Key> concernedBy(ClaimFacts claim) {
    return OrdinalName.of(claim.name()).stream()
        .flatMap(name -> named(claim.namespace(), name.stem()).stream())
        .map(set -> Key.of(set.id()))
        .collect(Collectors.toSet());
  }

  private Set<Key> concernedBy(OrdinalPod pod) {
    return OrdinalName.of(pod.name())
        .filter(name -> sets.getOrDefault(pod.namespace(), Map.of()).containsKey(name.stem()))
        .map(name -> Set.of(new Key(pod.namespace(), name.stem())))
        .orElse(Set.of());
  }

  /** Sets with whose names such a name of claims may end: {@code a-b-c} with c and with b-c. */
  private List<SetFacts> named(String namespace, String stem) {
    Map<String, SetFacts> space = sets.getOrDefault(namespace, Map.of());
    List<SetFacts> found = new ArrayList<>();
    for (int dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
      Optional.ofNullable(space.get(stem.substring(dash + 1))).ifPresent(found::add);
    }
    return found;
  }

  synchronized Set<Key> keys() {
    Set<Key> keys = new LinkedHashSet<>();
    sets.values().forEach(space -> space.values().forEach(set -> keys.add(Key.of(set.id()))));
    return keys;
  }

  synchronized Optional<SetFacts> set(Key key) {
    return Optional.ofNullable(sets.getOrDefault(key.namespace(), Map.of()).get(key.set()));
  }

  synchronized Surroundings around(SetFacts set, boolean namespaceEnds) {
    SetId id = set.id();
    List<ClaimFacts> found = new ArrayList<>();
    Map<String, Neighbour> others = new LinkedHashMap<>();
    for (String template : set.claimTemplates()) {
      String stem = ClaimNames.stem(template, id.name());
      found.addAll(claims.find(id.namespace(), stem));
      for (SetFacts other : named(id.namespace(), stem)) {
        if (!other.id().name().equals(id.name())) {
          others.put(other.id().name(), new Neighbour(other.id().name(), other.claimTemplates()));
        }
      }
    }
    return new Surroundings(
        found,
        List.copyOf(pods.find(id.namespace(), id.name())),
        List.copyOf(others.values()),
        nodesAround,
        namespaceEnds);
  }

  synchronized List<SetId> setIds() {
    return sets.values().stream()
        .flatMap(space -> space.values().stream())
        .map(SetFacts::id)
        .toList();
  }

  /** Pods of ours, of all sets, there or gone. */
  synchronized List<OrdinalPod> ours() {
    return pods.all().filter(pod -> pod.owner().isPresent()).toList();
  }
}
