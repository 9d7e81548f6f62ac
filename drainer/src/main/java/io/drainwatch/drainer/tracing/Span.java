package io.drainwatch.drainer.tracing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that took a while, and is over.
 *
 * @param id and {@code parent}: of the same maintenance; without a parent it is the whole
 * @param to not before {@code from}, whatever the clock did
 * @param attributes texts, whole numbers ({@code Long}) and truths
 * @param fault why it did not go well; empty: nothing is said of that
 */
public record Span(
    TraceId trace,
    SpanId id,
    Optional<SpanId> parent,
    String name,
    Instant from,
    Instant to,
    Map<String, Object> attributes,
    Optional<String> fault) {

  public Span {
    to = to.isBefore(from) ? from : to;
    attributes = Map.copyOf(attributes);
    attributes.forEach(
        (key, value) -> {
          if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
            throw new IllegalArgumentException(key + " is neither text, number nor truth");
          }
        });
  }
}
