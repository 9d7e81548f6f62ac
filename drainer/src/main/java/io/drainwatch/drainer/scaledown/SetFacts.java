package io.drainwatch.drainer.scaledown;

import io.drainwatch.drainer.pods.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A StatefulSet, as far as its scale-down goes.
 *
 * @param template of the clean-up pod; empty: none, or an empty one
 * @param isLeftAlone annotation {@code drainwatch.io/scaledown: skip}
 * @param selector empty: it cannot be read
 * @param claimTemplates their names
 * @param podDefaults what a clean-up pod takes over where its template is silent: the name of a
 *     field of a pod's spec, and its JSON
 * @param attempts of clean-ups that have failed
 */
public record SetFacts(
    SetId id,
    String resourceVersion,
    Optional<Template> template,
    boolean isLeftAlone,
    List<String> finalizers,
    boolean isTerminating,
    int start,
    int replicas,
    boolean isParallel,
    Retention retention,
    Optional<LabelSelector> selector,
    List<String> claimTemplates,
    Map<String, String> podDefaults,
    Attempts attempts) {

  /** Fields of {@link #podDefaults}. */
  public static final List<String> POD_DEFAULTS =
      List.of("tolerations", "nodeSelector", "securityContext");

  public SetFacts {
    finalizers = List.copyOf(finalizers);
    claimTemplates = List.copyOf(claimTemplates);
    podDefaults = Map.copyOf(podDefaults);
  }

  /**
   * @param isLegacy from the annotation of the controller of 2018
   */
  public record Template(String text, boolean isLegacy) {}

  /** {@code persistentVolumeClaimRetentionPolicy}: whether Kubernetes itself deletes the claims. */
  public record Retention(boolean deletesWhenScaled, boolean deletesWhenDeleted) {
    public static final Retention RETAIN = new Retention(false, false);
  }

  /** Whether the StatefulSet controller keeps a pod of that ordinal. */
  boolean wants(int ordinal) {
    return !isTerminating && ordinal >= start && ordinal - (long) start < replicas;
  }

  boolean hasOurFinalizer() {
    return finalizers.contains(ScaleDownKeys.SCALE_DOWN)
        || finalizers.contains(ScaleDownKeys.LEGACY_FINALIZER);
  }

  /** Just ours and nothing of the controller of 2018. */
  boolean isHeldAsItShouldBe() {
    return finalizers.contains(ScaleDownKeys.SCALE_DOWN)
        && !finalizers.contains(ScaleDownKeys.LEGACY_FINALIZER);
  }

  /** Nobody else has anything to do before it goes; not the garbage collector either. */
  boolean isHeldByUsAlone() {
    return hasOurFinalizer()
        && finalizers.stream()
            .allMatch(
                each ->
                    each.equals(ScaleDownKeys.SCALE_DOWN)
                        || each.equals(ScaleDownKeys.LEGACY_FINALIZER));
  }

  String podName(int ordinal) {
    return id.name() + "-" + ordinal;
  }
}
