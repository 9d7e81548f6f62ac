package io.drainwatch.watcher.configuration;

import java.net.URI;
import java.time.Duration;

/**
 * How the metadata service is asked ({@code drainwatch.metadata.*}; azure-scheduled-events.md 1, 2
 * and 8).
 *
 * @param url base without a path; another than the platform's own is for tests
 * @param pollInterval from the end of an answer to the next request
 * @param apiVersion the version to begin with
 * @param preview whether {@link #PREVIEW_VERSION} is tried first
 * @param firstTimeout for the first exchange, which switches the service on
 * @param timeout for every later exchange as a whole
 * @param emptyRun how long an unbroken run of empty answers lasts until it counts as one document
 *     without events
 */
public record MetadataSettings(
    URI url,
    Duration pollInterval,
    String apiVersion,
    boolean preview,
    Duration firstTimeout,
    Duration connectTimeout,
    Duration timeout,
    Duration emptyRun) {

  public static final URI DEFAULT_URL = URI.create("http://169.254.169.254");
  public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);
  public static final String DEFAULT_API_VERSION = "2020-07-01";
  public static final String PREVIEW_VERSION = "2024-07-09";
  public static final Duration DEFAULT_FIRST_TIMEOUT = Duration.ofSeconds(150);
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_EMPTY_RUN = Duration.ofMinutes(2);
}
