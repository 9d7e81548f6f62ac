package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.scaledown.Attempts;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets and pods that differ from others in one thing. */
final class PaperSets {
  private PaperSets() {}

  static SetFacts of(SetFacts set, Optional<SetFacts.Template> template, boolean leftAlone) {
    return of(set, set.resourceVersion(), template, leftAlone, set.finalizers(), set.attempts());
  }

  static SetFacts of(SetFacts set, String version, List<String> finalizers, Attempts attempts) {
    return of(set, version, set.template(), set.isLeftAlone(), finalizers, attempts);
  }

  private static SetFacts of(
      SetFacts set,
      String version,
      Optional<SetFacts.Template> template,
      boolean leftAlone,
      List<String> finalizers,
      Attempts attempts) {
    return new SetFacts(
        set.id(),
        version,
        template,
        leftAlone,
        finalizers,
        set.isTerminating(),
        set.start(),
        set.replicas(),
        set.isParallel(),
        set.retention(),
        set.selector(),
        set.claimTemplates(),
        set.podDefaults(),
        attempts);
  }

  /** Of another Node, or that has begun. */
  static OrdinalPod of(OrdinalPod pod, String version, String node, boolean begun) {
    return new OrdinalPod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        version,
        pod.phase(),
        pod.isTerminating(),
        pod.owner(),
        pod.controller(),
        pod.labels(),
        pod.createdAt(),
        pod.endedAt(),
        pod.restarts(),
        pod.attempt(),
        node,
        begun,
        begun,
        pod.template(),
        pod.told());
  }

  /**
   * Of another controller.
   *
   * @param app of its label, where it has none; empty: no label is told
   */
  static OrdinalPod of(OrdinalPod pod, String version, Optional<String> controller, String app) {
    return new OrdinalPod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        version,
        pod.phase(),
        pod.isTerminating(),
        pod.owner(),
        controller,
        app.isEmpty() ? Map.of() : Map.of("app", app),
        pod.createdAt(),
        pod.endedAt(),
        pod.restarts(),
        pod.attempt(),
        pod.node(),
        pod.hasBegun(),
        pod.isAtWork(),
        pod.template(),
        pod.told());
  }
}
