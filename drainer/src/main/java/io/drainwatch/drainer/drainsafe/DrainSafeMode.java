package io.drainwatch.drainer.drainsafe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** {@code compat.drainsafe}. */
public enum DrainSafeMode {
  OFF,
  /** A node without our record takes over the state that DrainSafe left, once. */
  READ,
  /**
   * The annotations follow our record. Only where DrainSafe itself is gone: it would act on them.
   */
  WRITE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<DrainSafeMode> of(String word) {
    return Arrays.stream(values())
        .filter(mode -> mode.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  public boolean reads() {
    return this == READ;
  }

  public boolean writes() {
    return this == WRITE;
  }
}
