package io.drainwatch.drainer.evictions;

import java.util.List;
import java.util.OptionalInt;

/**
 * A {@code Status} body as read; a text that was absent is empty.
 *
 * @param code of the body: the HTTP status counts, not this one
 * @param kind details.kind
 * @param name details.name
 * @param retryAfterSeconds details.retryAfterSeconds
 */
public record ApiStatus(
    String status,
    String reason,
    int code,
    String message,
    String kind,
    String name,
    OptionalInt retryAfterSeconds,
    List<Cause> causes) {
  public ApiStatus {
    causes = List.copyOf(causes);
  }

  /** One of details.causes. */
  public record Cause(String reason, String message) {}

  boolean isSuccess() {
    return status.equals("Success");
  }
}
