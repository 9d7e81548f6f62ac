package io.drainwatch.drainer.pods;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of one pod: the table of kubernetes-drain.md, section 6. The first row that matches
 * decides.
 *
 * <ul>
 *   <li>Never throws, whatever the facts: one odd pod must not end the drain of all. What is odd is
 *       said in the warning, and the pod is evicted like any other.
 *   <li>A pod on another node is none of our business, whoever owned its name before (K01).
 *   <li>The operator's rules come after row 4, so that no rule evicts a static pod or ourselves; a
 *       rule that skips is one of them, so that the order of the file is the only order.
 *   <li>A terminating pod is never evicted, held or waited for to complete, whatever a rule or an
 *       option says: there is nothing left to ask for (rows 7 and 8).
 *   <li>What is held is released at the force point only with {@link PodOption#FORCE_HELD}; what
 *       may run to completion always is (K19).
 * </ul>
 */
public final class Classification {

  private static final List<Function<Case, Optional<Decision>>> ROWS =
      List.of(
          EarlyRows::notHere,
          EarlyRows::finished, // 1
          EarlyRows::isStatic, // 2
          EarlyRows::ourselves, // 3
          EarlyRows::skipped, // 4
          EarlyRows::byRule,
          EarlyRows::daemon, // 5
          EarlyRows::comesStraightBack, // 6
          LateRows::terminating, // 7, 8
          LateRows::notToBeEvicted, // 9
          LateRows::runsToCompletion, // 10
          LateRows::emptyDir, // 11
          LateRows::unmanaged); // 12

  private Classification() {}

  public static Decision of(PodFacts pod, Circumstances at, PodRules rules) {
    Case each = new Case(pod, at, rules, rules.ruleFor(pod));
    return ROWS.stream()
        .flatMap(row -> row.apply(each).stream())
        .findFirst()
        .orElseGet(() -> each.evict(PodReason.ORDINARY, "")); // 13
  }
}
