package io.drainwatch.watcher.events;

import io.drainwatch.drainer.maintenance.Document;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What one poll brought. Only {@link Valid} says anything about events (I10). */
public sealed interface PollResult {

  /**
   * @param latency from the request to the last byte
   * @param parsed false when the bytes were those of the last answer; the document is then the same
   *     but for the moment it was read
   */
  record Valid(Document document, Duration latency, boolean parsed) implements PollResult {}

  /** 200 with an empty body: no event is new, none is over. */
  record Empty() implements PollResult {}

  /**
   * Everything else. The last document stands.
   *
   * @param message for people: what was tried, what came back, what happens next
   * @param retryAfter what the answer asked for, at most 5 min
   */
  record Failed(ErrorKind kind, OptionalInt status, String message, Optional<Duration> retryAfter)
      implements PollResult {}
}
