package io.drainwatch.drainer.model;

import java.util.function.Supplier;

/**
 * A process dies at its n-th side effect, counted from 0: before it, or after it and before it is
 * heard of. What it was about is told by the exception that ends it.
 */
public final class Mortality {
  static final Mortality NONE = new Mortality(Integer.MAX_VALUE, false);

  private final int at;
  private final boolean after;
  private int effects;

  private Mortality(int at, boolean after) {
    this.at = at;
    this.after = after;
  }

  public static Mortality before(int effect) {
    return new Mortality(effect, false);
  }

  public static Mortality after(int effect) {
    return new Mortality(effect, true);
  }

  /** Only counts. */
  public static Mortality never() {
    return new Mortality(Integer.MAX_VALUE, false);
  }

  public int effects() {
    return effects;
  }

  <T> T around(String what, Supplier<T> effect) {
    boolean dies = effects++ == at;
    if (dies && !after) {
      throw new Death(what);
    }
    T result = effect.get();
    if (dies) {
      throw new Death(what);
    }
    return result;
  }

  /** The end of the process that asked. */
  public static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Death(String what) {
      super(what);
    }
  }

  @Override
  public String toString() {
    return (after ? "after" : "before") + " effect " + at;
  }
}
