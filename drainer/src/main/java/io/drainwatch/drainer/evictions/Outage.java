package io.drainwatch.drainer.evictions;

import java.time.Instant;

/**
 * Failures of the API itself, whatever the pod. From the third in a row on, one request at a time
 * probes for all pods.
 *
 * @param failures in a row
 * @param rounds the same, but those sent together count once: the exponent of the wait
 * @param lastAt when the last failure came
 * @param next when the next probe may go
 */
record Outage(int failures, int rounds, Instant lastAt, Instant next) {
  static final Outage NONE = new Outage(0, 0, Instant.MIN, Instant.MIN);
  private static final int MANY = 3;

  boolean probes() {
    return failures >= MANY;
  }

  Outage failed(Instant sentAt, Instant now, Instant nextTry) {
    boolean newRound = sentAt.isAfter(lastAt) || failures < MANY;
    return new Outage(failures + 1, newRound ? rounds + 1 : rounds, now, newRound ? nextTry : next);
  }
}
