package io.drainwatch.drainer.evictions;

import java.time.Instant;

/**
 * Pods that wait behind one probing pod.
 *
 * @param run refusals in a row; 0: the last one was admitted
 * @param answeredAt when the last refusal came: those of requests sent before do not count again
 * @param next when the next pod may be tried
 * @param asked until when the server asked us to wait; nothing else brings a try before that
 */
record Group(int run, Instant answeredAt, Instant next, Instant asked) {
  Group(int run, Instant answeredAt, Instant next) {
    this(run, answeredAt, next, Instant.MIN);
  }

  /** What held it back is over: the next pod may be tried now, or as soon as the server said. */
  Group opened(Instant now) {
    Instant earliest = asked.isAfter(now) ? asked : now;
    return new Group(run, answeredAt, earliest.isBefore(next) ? earliest : next, asked);
  }
}
