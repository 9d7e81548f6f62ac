package io.drainwatch.drainer.scaledown;

import java.util.Optional;

/**
 * A name that ends with an ordinal as the StatefulSet controller writes them: decimal, ASCII, no
 * leading zero, at most 2^31-1 (D18).
 *
 * @param stem what stands before the last dash
 */
public record OrdinalName(String stem, int ordinal) {
  private static final int MOST_DIGITS = 10;

  /** Empty: it does not end so. */
  public static Optional<OrdinalName> of(String name) {
    int dash = name.lastIndexOf('-');
    String digits = name.substring(dash + 1);
    if (dash < 1 || digits.isEmpty() || digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    boolean isDecimal = digits.chars().allMatch(each -> each >= '0' && each <= '9');
    if (!isDecimal || (digits.length() > 1 && digits.charAt(0) == '0')) {
      return Optional.empty();
    }
    long ordinal = Long.parseLong(digits);
    return ordinal > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new OrdinalName(name.substring(0, dash), (int) ordinal));
  }
}
