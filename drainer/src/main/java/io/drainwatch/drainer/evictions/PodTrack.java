package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one uid.
 *
 * @param present in the newest view; one that is not is kept a while, for its answer and for I5
 * @param refusals in a row, where the pod stands for itself
 * @param failures in a row
 * @param notBefore next try of the verb that was sent last
 * @param lookAfter an answer left it open whether the request counted, or is to be confirmed: only
 *     a view newer than this tells
 * @param blocked by what it was refused last, where nothing else was answered since
 * @param end when it should have terminated, where it does
 * @param counted as evicted
 * @param why it is still there, for people
 */
record PodTrack(
    EvictablePod pod,
    boolean present,
    Instant firstSeen,
    Fate fate,
    int tries,
    Optional<Instant> lastSent,
    Optional<Verb> lastVerb,
    Optional<InFlight> inFlight,
    int refusals,
    int failures,
    Optional<Instant> notBefore,
    Optional<Instant> lookAfter,
    Optional<GroupKey> group,
    Optional<Blocked> blocked,
    boolean shortened,
    Optional<Instant> end,
    boolean overdue,
    boolean counted,
    String why) {

  enum Fate {
    OPEN,
    ACCEPTED,
    GONE,
    REPLACED
  }

  enum Verb {
    EVICT,
    FORCE,
    SHORTEN,
    /** Where the server knows no evictions. */
    DELETE
  }

  /** Refused since then. */
  record Blocked(BlockedCause cause, Instant since) {}

  /**
   * A request under way.
   *
   * @param onlyAsSeen refused where the pod has changed since it was seen
   */
  record InFlight(int attempt, Verb verb, Instant sentAt, Duration grace, boolean onlyAsSeen) {}
}
