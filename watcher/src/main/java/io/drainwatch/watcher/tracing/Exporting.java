package io.drainwatch.watcher.tracing;

import io.drainwatch.watcher.notify.Receiver.Outcome;
import java.time.Duration;
import java.util.Optional;

/** What becomes of spans that were sent, by the rules of OTLP over HTTP. Pure. */
sealed interface Exporting {

  /**
   * Gone, one way or the other.
   *
   * @param fault why not all are there; empty: they are
   */
  record Done(Optional<String> fault) implements Exporting {}

  record Again(String why, Duration after) implements Exporting {}

  Duration SHORTEST = Duration.ofSeconds(1);
  Duration LONGEST = Duration.ofMinutes(1);
  int LONGEST_AFTER = 6;

  /**
   * @param failures in a row before this one
   */
  static Exporting of(Outcome outcome, int failures) {
    return switch (outcome) {
      case Outcome.Silent(String why) -> new Again(why, pause(failures, Optional.empty()));
      case Outcome.Came(int status, Optional<Duration> after, String text) ->
          switch (status) {
            case 200 -> new Done(rejected(text));
            case 429, 502, 503, 504 -> new Again("HTTP " + status, pause(failures, after));
            default ->
                new Done(
                    status > 200 && status < 300
                        ? Optional.empty()
                        : Optional.of("HTTP " + status + (text.isEmpty() ? "" : ": " + text)));
          };
    };
  }

  /** A collector may take some and say so with a 200. */
  private static Optional<String> rejected(String text) {
    return text.matches("(?s).*\"rejectedSpans\"\\s*:\\s*\"?[1-9].*")
        ? Optional.of("some are rejected: " + text)
        : Optional.empty();
  }

  private static Duration pause(int failures, Optional<Duration> asked) {
    Duration own = SHORTEST.multipliedBy(1L << Math.min(failures, LONGEST_AFTER));
    Duration longer = asked.filter(each -> each.compareTo(own) > 0).orElse(own);
    return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }
}
