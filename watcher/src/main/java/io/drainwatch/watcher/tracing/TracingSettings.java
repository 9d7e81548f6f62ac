package io.drainwatch.watcher.tracing;

import io.drainwatch.watcher.notify.SinkSettings.Header;
import io.drainwatch.watcher.notify.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where traces go.
 *
 * @param endpoint the collector; without a path its usual one
 */
public record TracingSettings(boolean enabled, URI endpoint, List<Header> headers, Wire wire) {
  public static final String DEFAULT_ENDPOINT = "http://localhost:4318";
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final String USUAL_PATH = "/v1/traces";

  public TracingSettings {
    headers = List.copyOf(headers);
  }

  /** The whole address. */
  public URI address() {
    String path = endpoint.getPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? endpoint.resolve(USUAL_PATH)
        : endpoint;
  }
}
