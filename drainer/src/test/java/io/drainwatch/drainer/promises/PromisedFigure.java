package io.drainwatch.drainer.promises;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A row of the table of figures in docs/promises.md. Tests and benches ask it for their limits, so
 * there is no other; with {@code -Ddrainwatch.figures=write} what they measure is written there.
 *
 * @param heldBy {@code SomeTest.itsName} or {@code SomeBench}
 * @param on the day of the measurement
 * @param remark {@code missed: why} where a figure is not kept; else what is to be said, or nothing
 */
public record PromisedFigure(
    String id,
    String promise,
    List<Limit> limits,
    List<String> heldBy,
    List<Measured> measured,
    LocalDate on,
    String how,
    String remark) {
  private static final String WRITE = "write";

  /** {@code p99 <= 1200 ms}. */
  public record Limit(String name, Comparison comparison, double value, String unit) {
    public boolean allows(double measured) {
      return switch (comparison) {
        case AT_MOST -> measured <= value;
        case AT_LEAST -> measured >= value;
      };
    }
  }

  /** In words: {@code <=} and {@code >=}. */
  public enum Comparison {
    AT_MOST,
    AT_LEAST
  }

  /** {@code p99 964 ms}. */
  public record Measured(String name, double value, String unit) {}

  public static PromisedFigure named(String id) {
    return PromiseTable.read().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("docs/promises.md has no figure " + id));
  }

  public Limit limit(String name) {
    return limits.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " of docs/promises.md has no " + name));
  }

  public Optional<Measured> measured(String name) {
    return measured.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Fails where the figure is not kept. */
  public void holds(String name, double value) {
    String said = measures(name, value);
    if (!limit(name).allows(value)) {
      throw new AssertionError(said);
    }
  }

  /** For a bench, which prints: what was measured, what is promised, and whether that is kept. */
  public String measures(String name, double value) {
    Limit limit = limit(name);
    if (WRITE.equals(System.getProperty("drainwatch.figures"))) {
      PromiseTable.write(
          id, new Measured(name, value, limit.unit()), LocalDate.now(Clock.systemUTC()));
    }
    return "%s %s, %s: %s %s; promised %s: %s"
        .formatted(
            id,
            promise,
            name,
            PromiseTable.number(value),
            limit.unit(),
            PromiseTable.text(limit),
            limit.allows(value) ? "kept" : "MISSED");
  }
}
