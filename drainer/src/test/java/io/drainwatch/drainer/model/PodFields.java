package io.drainwatch.drainer.model;

import io.drainwatch.drainer.pods.Pinning;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodOwner;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.pods.PodVolume;
import io.drainwatch.drainer.pods.Toleration;
import io.drainwatch.drainer.pods.VolumeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields of a pod, to be filled in aloud. Unless told otherwise it runs, is ready, has 30 s of
 * grace, needs none of it to stop, and nobody owns it.
 */
public final class PodFields {
  String uid = "";
  long version;
  String namespace;
  String name;
  String node = "";
  PodPhase phase = PodPhase.RUNNING;
  Optional<Instant> deletion = Optional.empty();
  Optional<Duration> deletionGrace = Optional.empty();
  Optional<Duration> grace = Optional.of(Duration.ofSeconds(30));
  Map<String, String> annotations = new TreeMap<>();
  Map<String, String> labels = new TreeMap<>();
  List<PodOwner> owners = new ArrayList<>();
  List<Toleration> tolerations = new ArrayList<>();
  Pinning pinning = Pinning.NONE;
  int priority;
  Optional<String> priorityClass = Optional.empty();
  List<PodVolume> volumes = new ArrayList<>();
  List<String> finalizers = new ArrayList<>();
  Optional<Instant> created = Optional.empty();
  boolean ready = true;
  Optional<Boolean> begun = Optional.empty();
  PodConduct conduct = PodConduct.PROMPT;

  public PodFields(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  static PodFields of(ModelPod pod) {
    PodFacts facts = pod.facts();
    PodFields out = new PodFields(facts.namespace(), facts.name());
    out.uid = facts.uid();
    out.version = pod.version();
    out.node = facts.nodeName();
    out.phase = facts.phase();
    out.deletion = facts.deletionTimestamp();
    out.deletionGrace = pod.deletionGrace();
    out.grace = facts.grace();
    out.annotations.putAll(facts.annotations());
    out.labels.putAll(facts.labels());
    out.owners.addAll(facts.owners());
    out.tolerations.addAll(facts.tolerations());
    out.pinning = facts.pinning();
    out.priority = facts.priority();
    out.priorityClass = facts.priorityClassName();
    out.volumes.addAll(facts.volumes());
    out.finalizers.addAll(facts.finalizers());
    out.created = facts.createdAt();
    out.ready = facts.ready();
    out.begun = Optional.of(facts.hasBegun());
    out.conduct = pod.conduct();
    return out;
  }

  public PodFields on(String nodeName) {
    node = nodeName;
    return this;
  }

  public PodFields uid(String other) {
    uid = other;
    return this;
  }

  public PodFields phase(PodPhase other) {
    phase = other;
    ready = other == PodPhase.RUNNING && ready;
    begun = Optional.empty();
    return this;
  }

  /** One of its containers has started, though it is Pending. */
  public PodFields begun() {
    begun = Optional.of(true);
    return this;
  }

  public PodFields unready() {
    ready = false;
    conduct = conduct.neverReady();
    return this;
  }

  public PodFields grace(Duration all) {
    grace = Optional.of(all);
    return this;
  }

  /** How it behaves when it starts and when it is to stop. */
  public PodFields conduct(PodConduct how) {
    conduct = how;
    return this;
  }

  /** Needs so long to stop; at its grace it is killed. */
  public PodFields stopsIn(Duration time) {
    conduct = conduct.stopsIn(time);
    return this;
  }

  /** A preStop that hangs: it is there until its grace is over. */
  public PodFields hangs() {
    return stopsIn(Duration.ofDays(3650));
  }

  public PodFields annotated(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  public PodFields labelled(String key, String value) {
    labels.put(key, value);
    return this;
  }

  public PodFields ownedBy(PodOwner owner) {
    owners.add(owner);
    return this;
  }

  public PodFields tolerating(Toleration toleration) {
    tolerations.add(toleration);
    return this;
  }

  public PodFields toleratingEverything() {
    return tolerating(new Toleration("", "Exists", "", ""));
  }

  public PodFields pinnedTo(String onlyNode) {
    pinning =
        new Pinning(
            Map.of(),
            List.of(
                new Pinning.Term(
                    List.of(new Pinning.Requirement("metadata.name", "In", List.of(onlyNode))),
                    List.of())));
    return this;
  }

  public PodFields priority(int number, String className) {
    priority = number;
    priorityClass = Optional.of(className);
    return this;
  }

  public PodFields volume(String volumeName, VolumeKind kind) {
    volumes.add(new PodVolume(volumeName, kind));
    return this;
  }

  public PodFields finalizer(String each) {
    finalizers.add(each);
    return this;
  }

  ModelPod pod() {
    PodFacts facts =
        new PodFacts(
            uid,
            Long.toString(version),
            namespace,
            name,
            node,
            phase,
            deletion,
            grace,
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
            ready,
            begun.orElse(phase != PodPhase.PENDING),
            List.of());
    return new ModelPod(facts, version, deletionGrace, conduct);
  }
}
