package io.drainwatch.azure;

import java.time.Duration;

/**
 * How long nothing is sent, where Azure does not say it itself.
 *
 * @param first before a request is sent the second time; each further pause is twice as long
 * @param whenNoneIsLeft after an answer that says so. Buckets are refilled all the time; a short
 *     pause is enough for one more
 */
record Pauses(Duration first, Duration whenNoneIsLeft) {
  static final Pauses USUAL = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(5));
}
