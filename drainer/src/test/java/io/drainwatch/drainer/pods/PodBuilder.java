package io.drainwatch.drainer.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A running pod of a ReplicaSet on node n1, unless it is told otherwise. */
final class PodBuilder {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final String NODE = "n1";
  static final Taint OUR_TAINT = new Taint("drainwatch.io/maintenance", "Reboot", "NoSchedule");
  static final Circumstances CALM = new Here().circumstances();

  private final String name;
  private String uid;
  private String node = NODE;
  private PodPhase phase = PodPhase.RUNNING;
  private Optional<Instant> deletion = Optional.empty();
  private final Map<String, String> annotations = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private List<PodOwner> owners = List.of(owner("apps/v1", "ReplicaSet", true));
  private final List<Toleration> tolerations = new ArrayList<>();
  private Pinning pinning = Pinning.NONE;
  private int priority;
  private Optional<String> priorityClass = Optional.empty();
  private final List<PodVolume> volumes = new ArrayList<>();
  private List<String> finalizers = List.of();
  private Optional<Instant> created = Optional.of(NOW.minusSeconds(3600));
  private List<String> unreadable = List.of();

  private PodBuilder(String name) {
    this.name = name;
    this.uid = "uid-" + name;
  }

  static PodBuilder aPod() {
    return aPod("web");
  }

  static PodBuilder aPod(String name) {
    return new PodBuilder(name);
  }

  /** As the DaemonSet controller makes it: pinned here, whatever the cordon says. */
  static PodBuilder aDaemon(String name) {
    return aPod(name)
        .ownedBy(owner("apps/v1", "DaemonSet", true))
        .tolerating(new Toleration("node.kubernetes.io/unschedulable", "Exists", "", "NoSchedule"))
        .pinnedTo(NODE);
  }

  static PodOwner owner(String apiVersion, String kind, boolean isController) {
    return new PodOwner(apiVersion, kind, "o", "uid-o", isController);
  }

  PodBuilder uid(String other) {
    uid = other;
    return this;
  }

  PodBuilder onNode(String other) {
    node = other;
    return this;
  }

  PodBuilder phase(PodPhase other) {
    phase = other;
    return this;
  }

  /** Its grace ends so long from now; negative: it ended. */
  PodBuilder graceEndsIn(long seconds) {
    deletion = Optional.of(NOW.plusSeconds(seconds));
    return this;
  }

  PodBuilder annotated(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  PodBuilder labelled(String key, String value) {
    labels.put(key, value);
    return this;
  }

  PodBuilder ownedBy(PodOwner... all) {
    owners = List.of(all);
    return this;
  }

  PodBuilder tolerating(Toleration toleration) {
    tolerations.add(toleration);
    return this;
  }

  PodBuilder toleratingEverything() {
    return tolerating(new Toleration("", "Exists", "", ""));
  }

  PodBuilder pinnedTo(String onlyNode) {
    pinning =
        new Pinning(
            Map.of(),
            List.of(
                new Pinning.Term(
                    List.of(new Pinning.Requirement("metadata.name", "In", List.of(onlyNode))),
                    List.of())));
    return this;
  }

  PodBuilder priority(int number) {
    priority = number;
    return this;
  }

  PodBuilder priorityClass(String className) {
    priorityClass = Optional.of(className);
    return this;
  }

  PodBuilder volume(String volumeName, VolumeKind kind) {
    volumes.add(new PodVolume(volumeName, kind));
    return this;
  }

  PodBuilder finalizers(String... all) {
    finalizers = List.of(all);
    return this;
  }

  PodBuilder createdAgo(Duration age) {
    created = Optional.of(NOW.minus(age));
    return this;
  }

  PodBuilder createdNobodyKnowsWhen() {
    created = Optional.empty();
    return this;
  }

  PodBuilder unreadable(String... fields) {
    unreadable = List.of(fields);
    return this;
  }

  PodFacts build() {
    return new PodFacts(
        uid,
        "",
        "shop",
        name,
        node,
        phase,
        deletion,
        Optional.of(Duration.ofSeconds(30)),
        annotations,
        labels,
        owners,
        tolerations,
        pinning,
        priority,
        priorityClass,
        volumes,
        finalizers,
        created,
        true,
        phase != PodPhase.PENDING,
        unreadable);
  }

  Decision judged(PodOption... options) {
    return judged(CALM, options);
  }

  Decision judged(Circumstances at, PodOption... options) {
    return Classification.of(build(), at, rules(options));
  }

  static PodRules rules(PodOption... options) {
    return new PodRules(
        List.of(), Set.of(options), PodRules.DEFAULT_STUCK_AFTER, PodRules.DEFAULT_DETACH_TIMEOUT);
  }

  static PodRules by(PodRule... rules) {
    return new PodRules(
        List.of(rules), Set.of(), PodRules.DEFAULT_STUCK_AFTER, PodRules.DEFAULT_DETACH_TIMEOUT);
  }

  /** The node n1 at ten o'clock. */
  record Here(
      boolean ready, Optional<Taint> taint, Ourselves ourselves, Set<String> forced, Instant now) {
    Here() {
      this(true, Optional.empty(), Ourselves.NO_POD, Set.of(), NOW);
    }

    Here notReady() {
      return new Here(false, taint, ourselves, forced, now);
    }

    Here tainted() {
      return new Here(ready, Optional.of(OUR_TAINT), ourselves, forced, now);
    }

    Here weAre(String uid, boolean isDrainer) {
      return new Here(ready, taint, new Ourselves(Optional.of(uid), isDrainer), forced, now);
    }

    Here forcing(String... uids) {
      return new Here(ready, taint, ourselves, Set.of(uids), now);
    }

    Here after(Duration time) {
      return new Here(ready, taint, ourselves, forced, now.plus(time));
    }

    Circumstances circumstances() {
      return new Circumstances(NODE, Optional.of("host-1"), ready, taint, ourselves, forced, now);
    }
  }
}
