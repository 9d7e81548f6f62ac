package io.drainwatch.drainer.model;

import java.time.Instant;

/**
 * A request as it reached the server, or would have.
 *
 * @param target {@code n1}, or {@code shop/web-1}; of a watch what is watched, as in {@code pods
 *     n1}
 * @param body JSON, or empty
 */
public record ModelRequest(Instant at, Verb verb, String target, String body) {

  /** {@code evict shop/web-1}. */
  public String text() {
    return (verb + " " + target).strip();
  }
}
