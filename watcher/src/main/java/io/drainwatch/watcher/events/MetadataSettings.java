package io.drainwatch.watcher.events;

import java.net.URI;
import java.time.Duration;

/**
 * Where the metadata service is and how patiently it is asked.
 *
 * @param base scheme, host and port; anything else than the default is for tests and simulators
 * @param instanceVersion API version of {@code /metadata/instance}, a list of its own
 * @param pollInterval from one answer to the next poll
 * @param connectLimit for the connection alone
 * @param exchangeLimit for a whole call, body included
 * @param firstAnswerLimit the same until the service has answered for the first time: it may still
 *     be switching itself on
 */
public record MetadataSettings(
    URI base,
    ApiVersions versions,
    String instanceVersion,
    Duration pollInterval,
    Duration connectLimit,
    Duration exchangeLimit,
    Duration firstAnswerLimit) {

  /** {@value}: link-local, plain HTTP by design; the traffic never leaves the host. */
  public static final String DEFAULT_BASE = "http://169.254.169.254";

  /** {@value}: the first with the size of the temp disk. */
  public static final String DEFAULT_INSTANCE_VERSION = "2021-02-01";

  public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);
  public static final Duration DEFAULT_CONNECT_LIMIT = Duration.ofSeconds(2);
  public static final Duration DEFAULT_EXCHANGE_LIMIT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_FIRST_ANSWER_LIMIT = Duration.ofSeconds(150);

  public MetadataSettings {
    boolean isPlainAddress =
        "http".equalsIgnoreCase(base.getScheme())
            && base.getHost() != null
            && base.getRawUserInfo() == null
            && base.getRawQuery() == null
            && base.getRawFragment() == null
            && (base.getRawPath().isEmpty() || base.getRawPath().equals("/"));
    if (!isPlainAddress) {
      throw new IllegalArgumentException(
          "the metadata service's address must read like "
              + DEFAULT_BASE
              + " (http, host, port, nothing else)");
    }
    if (!instanceVersion.matches("\\d{4}-\\d{2}-\\d{2}")) {
      throw new IllegalArgumentException(
          "the instance API version must read like " + DEFAULT_INSTANCE_VERSION);
    }
    requirePositive("poll interval", pollInterval);
    requirePositive("connect limit", connectLimit);
    requirePositive("exchange limit", exchangeLimit);
    requirePositive("first answer limit", firstAnswerLimit);
  }

  public static MetadataSettings defaults() {
    return new MetadataSettings(
        URI.create(DEFAULT_BASE),
        new ApiVersions(ApiVersions.DEFAULT_VERSION, false),
        DEFAULT_INSTANCE_VERSION,
        DEFAULT_POLL_INTERVAL,
        DEFAULT_CONNECT_LIMIT,
        DEFAULT_EXCHANGE_LIMIT,
        DEFAULT_FIRST_ANSWER_LIMIT);
  }

  private static void requirePositive(String name, Duration duration) {
    // the library counts in milliseconds and takes 0 for "no limit"
    if (duration.compareTo(Duration.ofMillis(1)) < 0
        || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "the " + name + " must be between 1 ms and 1 day, but is " + duration);
    }
  }
}
