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
    return Map.of(
        "micronaut.server.host",
        host,
        "micronaut.server.port",
        port == 0 ? -1 : port,
        "micronaut.server.max-request-size",
        LARGEST_BODY,
        "micronaut.server.date-header",
        false,
        "micronaut.server.log-handled-exceptions",
        false,
        "micronaut.netty.event-loops.default.num-threads",
        1,
        "micronaut.server.netty.parent.num-threads",
        1);
  }
}
