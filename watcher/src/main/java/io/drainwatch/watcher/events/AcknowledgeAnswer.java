package io.drainwatch.watcher.events;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of an acknowledgement (azure-scheduled-events.md, section 6). Every message tells
 * what was tried and what came back.
 */
public sealed interface AcknowledgeAnswer {

  /** 200: the id was valid, even if another VM had approved it before. The event is not started. */
  record Accepted() implements AcknowledgeAnswer {}

  /**
   * 400: header or payload malformed, perhaps an unknown or expired id. Read the document again.
   *
   * @param body what the service said, without control characters and bounded
   */
  record Refused(int status, String body, String message) implements AcknowledgeAnswer {}

  /** Anything else: it may or may not have counted. The same id may be sent again. */
  record Unclear(ErrorKind kind, OptionalInt status, String message, Optional<Duration> retryAfter)
      implements AcknowledgeAnswer {}
}
