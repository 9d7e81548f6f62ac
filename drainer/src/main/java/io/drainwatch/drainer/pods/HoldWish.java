package io.drainwatch.drainer.pods;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long an annotation such as {@code drainwatch.io/do-not-evict} wants a pod to stay. */
sealed interface HoldWish {

  /** {@code false}. */
  record None() implements HoldWish {}

  /** {@code true}. */
  record WithoutEnd() implements HoldWish {}

  /** Counted from the pod's creation. */
  record For(Duration duration) implements HoldWish {

    /** A wish that outlasts all time ends with it. */
    Instant since(Instant created) {
      return Duration.between(created, Instant.MAX).compareTo(duration) > 0
          ? created.plus(duration)
          : Instant.MAX;
    }
  }

  record Unreadable() implements HoldWish {}

  /** An annotation may have 256 KiB; a duration has not. */
  int LONGEST = 64;

  Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");

  /** Durations as in Go: {@code 90s}, {@code 1h30m}. */
  static HoldWish of(String value) {
    String wish = value.length() > LONGEST ? "" : value.strip();
    if (wish.equalsIgnoreCase("true")) {
      return new WithoutEnd();
    }
    if (wish.equalsIgnoreCase("false")) {
      return new None();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(wish);
    int read = 0;
    while (part.region(read, wish.length()).lookingAt()) {
      sum = sum.plus(duration(new BigDecimal(part.group(1)), part.group(2)));
      read = part.end();
    }
    return read > 0 && read == wish.length() ? new For(sum) : new Unreadable();
  }

  private static Duration duration(BigDecimal number, String unit) {
    long nanosOfUnit =
        switch (unit) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        };
    BigInteger[] parts =
        number
            .multiply(BigDecimal.valueOf(nanosOfUnit))
            .toBigInteger()
            .divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
    return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
  }
}
