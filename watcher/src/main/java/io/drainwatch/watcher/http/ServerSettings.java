package io.drainwatch.watcher.http;

import java.util.Map;

/**
 * Where the server listens.
 *
 * @param host a name or address of this machine; anything but loopback lets others read
 * @param port 0 or -1: any free one
 */
public record ServerSettings(String host, int port) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  private static final int LARGEST_PORT = 65_535;
  private static final int LARGEST_BODY = 16 * 1024;

  public ServerSettings {
    if (host.isBlank() || port < -1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("not an address to listen on: " + host + ":" + port);
    }
  }

  /** In Micronaut's words, with no more threads and buffers than a status endpoint needs. */
  public Map<String, Object> forMicronaut() {
    return Map.ofEntries(
        Map.entry("micronaut.server.host", host),
        Map.entry("micronaut.server.port", port == 0 ? -1 : port),
        Map.entry("micronaut.server.max-request-size", LARGEST_BODY),
        Map.entry("micronaut.server.date-header", false),
        Map.entry("micronaut.server.log-handled-exceptions", false),
        Map.entry("micronaut.netty.event-loops.default.num-threads", 1),
        // else its thread keeps the process alive for two seconds after everything has stopped
        Map.entry("micronaut.netty.event-loops.default.shutdown-quiet-period", "0s"),
        Map.entry("micronaut.server.netty.parent.num-threads", 1),
        Map.entry("micronaut.server.netty.parent.shutdown-quiet-period", "0s"));
  }
}
