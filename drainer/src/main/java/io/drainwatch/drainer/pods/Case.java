package io.drainwatch.drainer.pods;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pod before the table, and the ways to decide on it.
 *
 * @param rule the operator's rule that matches it
 */
record Case(PodFacts pod, Circumstances at, PodRules rules, Optional<PodRule> rule) {

  boolean has(PodOption option) {
    return rules.has(option);
  }

  Decision ignore(PodReason reason, String detail, String... warnings) {
    return new Decision.Ignore(why(reason, detail, warnings));
  }

  /** Rows 7 to 13 for what is to go by an earlier row. */
  Decision evictUnlessTerminating(PodReason reason, String detail) {
    return LateRows.terminating(this).orElseGet(() -> evict(reason, detail));
  }

  Decision hold(PodReason reason, String detail, Optional<Instant> until) {
    return at.isAtForcePoint(pod) && has(PodOption.FORCE_HELD)
        ? evict(PodReason.RELEASED, reason.text() + detailOf(detail))
        : new Decision.Hold(why(reason, detail), until);
  }

  /**
   * A clean-up that has not begun has nothing to complete: it is made anew, on another Node. One
   * that a cordon does not keep away, by tolerations that the server adds, may well come back: the
   * cleaner moves it at its own pace, and evictions would follow each other without one.
   */
  Decision waitCompleted(PodReason reason, String detail) {
    if (at.isAtForcePoint(pod)) {
      return evict(PodReason.RELEASED, reason.text() + detailOf(detail));
    }
    return pod.isCleanup() && !pod.hasBegun() && !pod.tolerates(Taint.UNSCHEDULABLE)
        ? evict(PodReason.NOT_BEGUN, detail)
        : new Decision.WaitCompleted(why(reason, detail), Tier.of(pod, at));
  }

  Decision waitFor(Instant graceEnds) {
    return new Decision.Wait(why(PodReason.TERMINATING, ""), Tier.of(pod, at), graceEnds);
  }

  Decision block(PodReason reason, String detail) {
    return new Decision.Block(why(reason, detail));
  }

  Decision evict(PodReason reason, String detail) {
    List<String> warnings = new ArrayList<>();
    if (pod.controller().isEmpty() && !pod.isCleanup()) {
      warnings.add("will not be recreated");
    }
    if (Tier.comesStraightBack(pod, at)) {
      warnings.add("would come straight back");
    }
    Order order =
        new Order(
            rule.map(PodRule::order).orElse(0),
            pod.hasAttachedVolumes(),
            pod.priority(),
            pod.namespace(),
            pod.name());
    return new Decision.Evict(
        why(reason, detail, warnings.toArray(String[]::new)), Tier.of(pod, at), order);
  }

  private Why why(PodReason reason, String detail, String... warnings) {
    List<String> all = new ArrayList<>(List.of(warnings));
    all.addAll(Oddities.of(this));
    return new Why(
        reason, detail, all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all)));
  }

  private static String detailOf(String detail) {
    return detail.isEmpty() ? "" : ", " + detail;
  }
}
