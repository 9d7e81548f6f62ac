package io.drainwatch.drainer.pods;

import java.util.Optional;

/** Rows 1 to 6 of the table, and the operator's rules before row 5. */
final class EarlyRows {

  private EarlyRows() {}

  /** No row of the table: a name that came back elsewhere is another pod (I2). */
  static Optional<Decision> notHere(Case each) {
    String node = each.pod().nodeName();
    return node.equals(each.at().nodeName())
        ? Optional.empty()
        : Optional.of(
            each.ignore(
                PodReason.NOT_HERE, node.isEmpty() ? "" : "it is on " + Printable.quoted(node)));
  }

  static Optional<Decision> finished(Case each) {
    return each.pod().phase().isFinished()
        ? Optional.of(each.ignore(PodReason.FINISHED, ""))
        : Optional.empty();
  }

  /** Some mirrors lack the annotation: the owner tells as well (K08). */
  static Optional<Decision> isStatic(Case each) {
    boolean isStatic =
        each.pod().annotations().containsKey(Marks.MIRROR)
            || each.pod().owners().stream().anyMatch(owner -> owner.isKind("Node"));
    return isStatic ? Optional.of(each.ignore(PodReason.STATIC, "")) : Optional.empty();
  }

  /** The drainer goes last. If somebody else is already ending us, there is nothing to order. */
  static Optional<Decision> ourselves(Case each) {
    if (!each.at().ourselves().are(each.pod())) {
      return Optional.empty();
    }
    return Optional.of(
        each.at().ourselves().isDrainer() && !each.pod().isTerminating()
            ? each.evict(PodReason.OURSELVES, "")
            : each.ignore(PodReason.OURSELVES, ""));
  }

  static Optional<Decision> skipped(Case each) {
    if (each.pod().hasLabel(Marks.DRAIN, Marks.SKIP)) {
      return Optional.of(each.ignore(PodReason.SKIPPED, "label " + Marks.DRAIN));
    }
    return each.has(PodOption.CLUSTER_API_SKIP)
            && each.pod().hasLabel(Marks.CLUSTER_API_DRAIN, Marks.SKIP)
        ? Optional.of(each.ignore(PodReason.SKIPPED, "label " + Marks.CLUSTER_API_DRAIN))
        : Optional.empty();
  }

  static Optional<Decision> byRule(Case each) {
    return each.rule().flatMap(rule -> rule.behaviour().map(wanted -> asked(each, rule, wanted)));
  }

  private static Decision asked(Case each, PodRule rule, PodBehaviour wanted) {
    String detail = "rule " + Printable.quoted(rule.name());
    return switch (wanted) {
      case SKIP -> each.ignore(PodReason.SKIPPED, detail);
      case DRAIN -> each.evictUnlessTerminating(PodReason.RULE, detail);
      case HOLD ->
          LateRows.terminating(each)
              .orElseGet(() -> each.hold(PodReason.RULE, detail, Optional.empty()));
      case WAIT_COMPLETED ->
          LateRows.terminating(each)
              .orElseGet(() -> each.waitCompleted(PodReason.RUNS_TO_COMPLETION, detail));
    };
  }

  /** Whether the DaemonSet still exists is not asked: orphans are the garbage collector's (K07). */
  static Optional<Decision> daemon(Case each) {
    if (!each.pod().isDaemon()) {
      return Optional.empty();
    }
    if (!each.has(PodOption.EVICT_DAEMONS)) {
      return Optional.of(each.ignore(PodReason.DAEMON, ""));
    }
    Optional<Taint> taint = each.at().ourTaint();
    if (taint.isEmpty()) {
      return Optional.of(
          each.ignore(PodReason.DAEMON, "", "not evicted: only our taint would keep it away"));
    }
    return Optional.of(
        each.pod().tolerates(taint.get())
            ? each.ignore(PodReason.DAEMON, "it tolerates our taint")
            : each.evictUnlessTerminating(PodReason.DAEMON, ""));
  }

  static Optional<Decision> comesStraightBack(Case each) {
    return Tier.comesStraightBack(each.pod(), each.at())
        ? Optional.of(each.ignore(PodReason.COMES_STRAIGHT_BACK, "", "would come straight back"))
        : Optional.empty();
  }
}
