package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often Azure is asked for all Nodes together: so many times in any minute, and not at all for
 * as long as a 429 asks, or for a moment when it was not to be had. Pure.
 *
 * @param asked in the last minute
 */
record AskPace(int perMinute, List<Instant> asked, Instant heldUntil) {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST_HOLD = Duration.ofHours(1);
  private static final Duration WHEN_NOT_TO_BE_HAD = Duration.ofSeconds(30);

  AskPace {
    if (perMinute < 1) {
      throw new IllegalArgumentException("who may ask nothing need not be there");
    }
    asked = List.copyOf(asked);
  }

  static AskPace of(int perMinute) {
    return new AskPace(perMinute, List.of(), Instant.MIN);
  }

  /** Empty: now; or when to look again. */
  Optional<Instant> notBefore(Instant now) {
    AskPace fresh = at(now);
    if (now.isBefore(fresh.heldUntil)) {
      return Optional.of(fresh.heldUntil);
    }
    return fresh.asked.size() < perMinute
        ? Optional.empty()
        : Optional.of(fresh.asked.getFirst().plus(MINUTE));
  }

  AskPace askedAt(Instant now) {
    AskPace fresh = at(now);
    return new AskPace(
        perMinute, Stream.concat(fresh.asked.stream(), Stream.of(now)).toList(), fresh.heldUntil);
  }

  AskPace answered(AzureAnswer<?> answer, Instant now) {
    Optional<Duration> hold = answer.problem().flatMap(AskPace::hold);
    return hold.map(wait -> new AskPace(perMinute, asked, now.plus(wait))).orElse(this);
  }

  private static Optional<Duration> hold(Trouble trouble) {
    if (trouble.kind() == Trouble.Kind.THROTTLED) {
      Duration wait = trouble.retryAfter().orElse(MINUTE);
      return Optional.of(wait.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : wait);
    }
    return trouble.isOfTheConnection() ? Optional.of(WHEN_NOT_TO_BE_HAD) : Optional.empty();
  }

  // what is later than now is of a clock that was set back since
  private AskPace at(Instant now) {
    List<Instant> recent =
        asked.stream().filter(at -> !at.isAfter(now) && now.isBefore(at.plus(MINUTE))).toList();
    boolean isHeld = !heldUntil.isAfter(now.plus(LONGEST_HOLD));
    return new AskPace(perMinute, recent, isHeld ? heldUntil : Instant.MIN);
  }
}
