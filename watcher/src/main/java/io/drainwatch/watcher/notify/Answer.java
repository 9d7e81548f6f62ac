package io.drainwatch.watcher.notify;

import java.time.Duration;
import java.util.Optional;

/** What came back of a request. */
sealed interface Answer {

  /**
   * @param retryAfter asked for by the receiver
   * @param text the beginning of the body, without secrets
   */
  record Came(int status, Optional<Duration> retryAfter, String text) implements Answer {}

  /** Nothing, or nothing that can be read. */
  record Silent(String why) implements Answer {}
}
