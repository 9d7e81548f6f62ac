package io.drainwatch.drainer.nodes;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What we did to the Node: {@code did} of the record. Nothing else is ever undone (I3).
 *
 * @param taint value of our taint
 * @param conditions whether conditions of our types are ours
 * @param holds keys of the autoscaler holds that we set
 */
public record Marks(
    boolean cordon,
    boolean lbLabel,
    Optional<String> taint,
    boolean conditions,
    SortedSet<String> holds) {
  public static final Marks NONE =
      new Marks(false, false, Optional.empty(), false, new TreeSet<>());

  public Marks {
    taint = taint.map(NodeText::labelValue);
    holds = Collections.unmodifiableSortedSet(new TreeSet<>(holds));
    if (!NodeKeys.HOLDS.containsAll(holds)) {
      throw new IllegalArgumentException("not keys of holds: " + holds);
    }
  }

  public Marks withCordon(boolean did) {
    return new Marks(did, lbLabel, taint, conditions, holds);
  }

  Marks withLbLabel() {
    return new Marks(cordon, true, taint, conditions, holds);
  }

  Marks withTaint(String value) {
    return new Marks(cordon, lbLabel, Optional.of(value), conditions, holds);
  }

  /** To be recorded before the first condition is written. */
  public Marks withConditions() {
    return new Marks(cordon, lbLabel, taint, true, holds);
  }

  Marks withHold(String key) {
    SortedSet<String> more = new TreeSet<>(holds);
    more.add(key);
    return new Marks(cordon, lbLabel, taint, conditions, more);
  }
}
