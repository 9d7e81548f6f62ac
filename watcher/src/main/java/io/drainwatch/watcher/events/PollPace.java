package io.drainwatch.watcher.events;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How long to wait before the next poll (azure-scheduled-events.md, sections 8 and 9): the policy.
 * What has happened so far is a {@link Run}. No clock: it hands out delays.
 *
 * <ul>
 *   <li>usually, and after errors that tell nothing about the service's load: the interval
 *   <li>404 and 5xx: 1, 2, 4 s, then each 4 s
 *   <li>410: each 5 s for 70 s, which is how long an update may take, then the interval
 *   <li>429: 2, 4, 8, 16 s, then each 16 s
 *   <li>a {@code Retry-After} of the service itself goes before the table
 * </ul>
 *
 * Never faster than the interval: a back-off that speeds polling up would be none.
 */
record PollPace(Duration interval) {
  private static final List<Duration> TRANSIENT = seconds(1, 2, 4);
  private static final List<Duration> TOO_MANY = seconds(2, 4, 8, 16);
  private static final Duration UPDATE_STEP = Duration.ofSeconds(5);
  private static final int UPDATE_STEPS = 14;

  PollPace {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("the poll interval must be longer than nothing");
    }
  }

  /** Failures of one kind in a row; another kind, and any answer, begins anew. */
  record Run(Optional<ErrorKind> kind, int length) {
    static Run none() {
      return new Run(Optional.empty(), 0);
    }

    Run and(ErrorKind next) {
      boolean isSame = kind.isPresent() && kind.get() == next;
      return new Run(Optional.of(next), isSame ? length + 1 : 1);
    }
  }

  /**
   * The wait after the last failure of the run; the interval for the empty run.
   *
   * @param retryAfter of the last answer
   */
  Duration delayAfter(Run run, Optional<Duration> retryAfter) {
    if (run.kind().isEmpty()) {
      return interval;
    }
    ErrorKind kind = run.kind().get();
    Duration asked =
        retryAfter
            .filter(header -> kind.isWordOfTheService())
            .orElseGet(() -> backOff(kind, run.length()));
    return asked.compareTo(interval) > 0 ? asked : interval;
  }

  private Duration backOff(ErrorKind kind, int inARow) {
    return switch (kind) {
      case NOT_FOUND, SERVER_ERROR -> step(TRANSIENT, inARow);
      case TOO_MANY_REQUESTS -> step(TOO_MANY, inARow);
      case UPDATING -> inARow <= UPDATE_STEPS ? UPDATE_STEP : interval;
      case NOT_A_DOCUMENT,
          BAD_REQUEST,
          NOT_THIS_SERVICE,
          UNEXPECTED_STATUS,
          TIMEOUT,
          UNREACHABLE,
          CONNECTION_LOST,
          CANCELLED ->
          interval;
    };
  }

  private static Duration step(List<Duration> steps, int inARow) {
    return steps.get(Math.min(inARow, steps.size()) - 1);
  }

  private static List<Duration> seconds(long... values) {
    return LongStream.of(values).mapToObj(Duration::ofSeconds).toList();
  }
}
