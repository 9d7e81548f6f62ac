package io.drainwatch.drainer.pods;

import java.util.Comparator;

/**
 * A pod's place within its tier: by rule, pods without volumes first, lower priority first, then by
 * name, so that it is the same in every run.
 *
 * @param rule the order that a configured rule gives; 0 without one
 */
public record Order(int rule, boolean hasVolumes, int priority, String namespace, String name)
    implements Comparable<Order> {

  private static final Comparator<Order> COMPARATOR =
      Comparator.comparingInt(Order::rule)
          .thenComparing(Order::hasVolumes)
          .thenComparingInt(Order::priority)
          .thenComparing(Order::namespace)
          .thenComparing(Order::name);

  @Override
  public int compareTo(Order other) {
    return COMPARATOR.compare(this, other);
  }
}
