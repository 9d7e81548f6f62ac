package io.drainwatch.azure;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaders;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many requests are left, by the headers {@code x-ms-ratelimit-remaining-*}: a number
 * (subscription, tenant), or policies with a number each ({@code
 * Microsoft.Compute/GetVM3Min;237,...}), and that of Resource Graph. Pure.
 */
final class RateLimit {
  private static final String PREFIX = "x-ms-ratelimit-remaining-";

  /** Resource Graph's own, which is full again after five seconds. */
  private static final String OF_THE_GRAPH = "x-ms-user-quota-remaining";

  private static final Pattern OF_A_POLICY = Pattern.compile(";\\s*([0-9]{1,9})");

  private RateLimit() {}

  /** The fewest of all that are told; empty where none is. */
  static OptionalLong left(HttpHeaders headers) {
    return headers.stream()
        .filter(header -> tells(header.getName().toLowerCase(Locale.ROOT)))
        .map(HttpHeader::getValue)
        .flatMap(RateLimit::numbers)
        .mapToLong(Long::parseLong)
        .min();
  }

  private static boolean tells(String name) {
    return name.startsWith(PREFIX) || name.equals(OF_THE_GRAPH);
  }

  private static Stream<String> numbers(String value) {
    if (value.strip().matches("[0-9]{1,9}")) {
      return Stream.of(value.strip());
    }
    Matcher matcher = OF_A_POLICY.matcher(value);
    return matcher.results().map((MatchResult found) -> found.group(1));
  }
}
