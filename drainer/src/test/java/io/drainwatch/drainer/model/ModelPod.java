package io.drainwatch.drainer.model;

import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A pod as stored.
 *
 * @param deletionGrace of a terminating pod: what it was given
 */
public record ModelPod(
    PodFacts facts, long version, Optional<Duration> deletionGrace, PodConduct conduct)
    implements ModelObject {

  @Override
  public String key() {
    return facts.namespace() + "/" + facts.name();
  }

  @Override
  public String uid() {
    return facts.uid();
  }

  public String node() {
    return facts.nodeName();
  }

  public boolean isTerminating() {
    return facts.isTerminating();
  }

  public boolean isFinished() {
    return facts.phase() == PodPhase.SUCCEEDED || facts.phase() == PodPhase.FAILED;
  }

  /** What counts as a replica. */
  boolean isActive() {
    return !isTerminating() && !isFinished();
  }

  boolean isSelectedBy(String namespace, Map<String, String> selector) {
    return facts.namespace().equals(namespace)
        && facts.labels().entrySet().containsAll(selector.entrySet());
  }

  boolean isControlledBy(String ownerUid) {
    return facts.controller().filter(owner -> owner.uid().equals(ownerUid)).isPresent();
  }

  ModelPod at(long newVersion) {
    PodFields fields = PodFields.of(this);
    fields.version = newVersion;
    return fields.pod();
  }

  ModelPod with(Consumer<PodFields> change) {
    PodFields fields = PodFields.of(this);
    change.accept(fields);
    return fields.pod();
  }
}
