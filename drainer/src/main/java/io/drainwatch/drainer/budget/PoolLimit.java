package io.drainwatch.drainer.budget;

import java.util.Optional;

/** So many Nodes of a pool may be out of service at once. */
public sealed interface PoolLimit {

  /** At least one: a pool where nothing may ever begin would only waste everybody's notice. */
  int in(int poolSize);

  /** A number of Nodes. */
  record Nodes(int most) implements PoolLimit {
    public Nodes {
      if (most < 1) {
        throw new IllegalArgumentException("a budget is at least one Node: " + most);
      }
    }

    @Override
    public int in(int poolSize) {
      return most;
    }
  }

  /** Per cent of the pool's Nodes, rounded down. */
  record PerCent(int most) implements PoolLimit {
    public PerCent {
      if (most < 1 || most > 100) {
        throw new IllegalArgumentException("a budget is 1 to 100 per cent: " + most);
      }
    }

    @Override
    public int in(int poolSize) {
      return Math.max(1, (int) ((long) poolSize * most / 100));
    }
  }

  /** {@code 3} or {@code 10%}; empty: neither. */
  static Optional<PoolLimit> parse(String text) {
    String trimmed = text.strip();
    boolean isShare = trimmed.endsWith("%");
    String digits = isShare ? trimmed.substring(0, trimmed.length() - 1).strip() : trimmed;
    if (!digits.matches("[0-9]{1,6}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(digits);
    if (number < 1 || (isShare && number > 100)) {
      return Optional.empty();
    }
    return Optional.of(isShare ? new PerCent(number) : new Nodes(number));
  }
}
