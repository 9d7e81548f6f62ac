package io.drainwatch.drainer.scaledown;

import io.drainwatch.drainer.pods.PodPhase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A pod whose name ends with an ordinal: a stateful one, one of ours, or neither.
 *
 * @param resourceVersion of what was read; empty: not told
 * @param owner empty: not ours
 * @param controller UID of what owns it by its reference; empty: nothing does
 * @param labels kept of pods that are neither ours nor anybody's; else empty
 * @param endedAt of its last container; empty: not told
 * @param restarts the most of one container
 * @param attempt how often it was tried before
 * @param node that it is bound to; empty: to none yet
 * @param hasBegun a container of its has started; a pod with several, or with init containers, may
 *     be Pending all the same
 * @param isAtWork one of its main containers has started, or an init container is at it; one that
 *     has begun and is not at work waits between the two, say for an image
 * @param template what it was made from; empty: not told
 * @param told by scheduler or node: why it waits, or how it failed; bounded, one line
 */
public record OrdinalPod(
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    PodPhase phase,
    boolean isTerminating,
    Optional<Owner> owner,
    Optional<String> controller,
    Map<String, String> labels,
    Instant createdAt,
    Optional<Instant> endedAt,
    int restarts,
    int attempt,
    String node,
    boolean hasBegun,
    boolean isAtWork,
    String template,
    String told) {

  public OrdinalPod {
    labels = Map.copyOf(labels);
  }

  /**
   * @param uid empty: a pod of the controller of 2018 does not tell it
   */
  public record Owner(String set, String uid) {
    /**
     * By its annotations; a pod that a controller owns is its, whatever is written on it.
     *
     * @return empty: none of ours
     */
    public static Optional<Owner> of(Map<String, String> annotations, boolean hasController) {
      Optional<String> ours = Optional.ofNullable(annotations.get(ScaleDownKeys.OWNER));
      Optional<String> legacy = Optional.ofNullable(annotations.get(ScaleDownKeys.LEGACY_OWNER));
      return ours.or(() -> legacy)
          .filter(set -> !set.isBlank() && !hasController)
          .map(set -> new Owner(set, annotations.getOrDefault(ScaleDownKeys.OWNER_UID, "")));
    }

    boolean is(SetId id) {
      return set.equals(id.name()) && (uid.isBlank() || uid.equals(id.uid()));
    }
  }

  /** Made by us, not by the controller of 2018, which may still be at work there. */
  boolean isMadeByUsFor(SetId id) {
    return owner.filter(each -> each.is(id) && !each.uid().isBlank()).isPresent();
  }

  boolean isCleanupOf(SetId id) {
    return owner.filter(each -> each.is(id)).isPresent();
  }
}
