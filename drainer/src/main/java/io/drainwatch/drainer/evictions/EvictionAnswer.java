package io.drainwatch.drainer.evictions;

import java.util.Optional;

/** What came back of one request. The client must not have repeated it by itself (section 19). */
public sealed interface EvictionAnswer {

  /**
   * @param status the HTTP status, not the code in the body
   * @param retryAfter the header as it stands
   */
  record Http(int status, Body body, Optional<String> retryAfter) implements EvictionAnswer {}

  /** No answer, or half of one. */
  record Failed(Failure failure, String text) implements EvictionAnswer {}

  /** How a request failed. */
  enum Failure {
    TIMEOUT,
    RESET,
    TLS
  }

  /** The body of an answer. */
  sealed interface Body {
    record StatusBody(ApiStatus status) implements Body {}

    /** Complete JSON that is no Status; a DELETE answers with the pod. */
    record OtherJson() implements Body {}

    /** Empty, truncated or no JSON. */
    record Unreadable(String beginning) implements Body {}
  }
}
