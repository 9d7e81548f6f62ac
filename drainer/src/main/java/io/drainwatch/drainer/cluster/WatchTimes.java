package io.drainwatch.drainer.cluster;

import java.time.Duration;

/**
 * How patiently watches are kept.
 *
 * @param first wait before a watch that failed is begun anew; doubles each time
 * @param longest of these waits, before jitter
 * @param crossCheck from list to list beside a watch of pods
 * @param settled a difference that lasts as long is none of timing
 * @param server how long the server is asked to keep a watch open
 * @param silence after which a watch is given up; bookmarks come about once a minute
 */
record WatchTimes(
    Duration first,
    Duration longest,
    Duration crossCheck,
    Duration settled,
    Duration server,
    Duration silence) {

  static final WatchTimes USUAL =
      new WatchTimes(
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(150));

  /**
   * The wait after so many failures in a row, with up to a fifth of jitter on top.
   *
   * @param chance from 0 to 1
   */
  Duration backOff(int failures, double chance) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    Duration bounded = wait.compareTo(longest) < 0 ? wait : longest;
    return bounded.plusMillis((long) (bounded.toMillis() * chance / 5));
  }

  /** Not the same for all watchers of a cluster, or they would all come back at once. */
  Duration openFor(double chance) {
    return server.minusMillis((long) (server.toMillis() * chance / 5));
  }
}
