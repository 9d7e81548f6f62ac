package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The wait that an answer asks for: the longer of header and body. A date in the header is not
 * used: it is of another clock. Nobody makes us wait longer than an hour.
 */
public final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final long MOST_SECONDS = 3_600;

  private RetryAfter() {}

  /** Zero: none was asked for. */
  public static Duration of(EvictionAnswer.Http http) {
    long header =
        http.retryAfter()
            .map(String::strip)
            .filter(text -> SECONDS.matcher(text).matches())
            .map(Long::parseLong)
            .orElse(0L);
    long body =
        http.body() instanceof EvictionAnswer.Body.StatusBody(ApiStatus status)
            ? status.retryAfterSeconds().orElse(0)
            : 0;
    return Duration.ofSeconds(Math.min(MOST_SECONDS, Math.max(header, body)));
  }
}
