package io.drainwatch.drainer.notify;

import io.drainwatch.drainer.evictions.EvictionNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the refusals that evictions meet people are told of. One that is followed by another of
 * the same cause for {@link #LONG}, while nothing goes, and each cause once in a maintenance, so
 * many of them at most: that a budget lets one pod go after the other is no obstacle.
 *
 * @param since causes, and when each was first met since a pod went last
 * @param told causes
 */
public record Refusals(Map<String, Instant> since, Set<String> told) {
  public static final Refusals NONE = new Refusals(Map.of(), Set.of());
  static final Duration LONG = Duration.ofMinutes(1);
  static final int MOST = 8;
  private static final int MOST_KEPT = 64;

  public Refusals {
    since = Map.copyOf(since);
    told = Set.copyOf(told);
  }

  /**
   * @param toTell what tells it from others of this maintenance; empty: nothing is told
   */
  public record Step(Refusals refusals, Optional<String> toTell) {}

  public Step next(EvictionNotice notice, Instant now) {
    String cause = notice.reason().label() + " " + cause(notice);
    return switch (notice.reason()) {
      case BLOCKED -> {
        Instant first = since.getOrDefault(cause, now);
        // the clock may have been set back
        boolean isLong = !now.isBefore(first.plus(LONG));
        yield isLong
            ? told(cause)
            : new Step(met(cause, now.isBefore(first) ? now : first), none());
      }
      case MISCONFIGURED, OVERDUE -> told(cause);
      case EVICTED, REPLACED, FORCED -> new Step(new Refusals(Map.of(), told), none());
      case SHORTENED -> new Step(this, none());
    };
  }

  // numbers in the text of a budget change with each try
  private static String cause(EvictionNotice notice) {
    return OneLine.of(
        notice.reason() == EvictionNotice.Reason.OVERDUE
            ? notice.pod().path()
            : notice.text().replaceAll("[0-9]+", "#"),
        2 * OneLine.NAME);
  }

  private Refusals met(String cause, Instant first) {
    Map<String, Instant> all = new HashMap<>(since.size() < MOST_KEPT ? since : Map.of());
    all.put(cause, first);
    return new Refusals(all, told);
  }

  private Step told(String cause) {
    Set<String> all = new HashSet<>(told);
    boolean isNews = all.size() < MOST && all.add(cause);
    return new Step(new Refusals(since, all), isNews ? Optional.of(cause) : none());
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
