package io.drainwatch.watcher.http;

import java.time.Duration;
import java.util.Map;

/**
 * Where the server listens.
 *
 * @param host a name or address of this machine; anything but loopback lets others read
 * @param port 0 or -1: any free one
 * @param limits not to be configured
 * @param atOnce the server is started with the daemon; else when somebody first comes
 */
public record ServerSettings(String host, int port, ServerLimits limits, boolean atOnce) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  private static final int LARGEST_PORT = 65_535;
  private static final int LARGEST_BODY = 128 * 1024; // a whole group of VMs
  private static final int LARGEST_HEADERS = 8 * 1024;
  private static final int LONGEST_LINE = 4 * 1024;

  /** Of one connection; only where the operator's own settings switch HTTP/2 on. */
  private static final int MOST_STREAMS = 16;

  public ServerSettings(String host, int port) {
    this(host, port, ServerLimits.DEFAULT);
  }

  ServerSettings(String host, int port, ServerLimits limits) {
    this(host, port, limits, false);
  }

  /** Where somebody always comes, or where the framework itself is told more than an address. */
  public ServerSettings startedAtOnce(boolean atOnce) {
    return new ServerSettings(host, port, limits, atOnce);
  }

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
        Map.entry("micronaut.server.max-request-buffer-size", LARGEST_BODY),
        Map.entry("micronaut.server.idle-timeout", limits.idle()),
        // else a client of the stream, which has nothing to say, is cut off
        Map.entry("micronaut.server.read-idle-timeout", Duration.ZERO),
        Map.entry("micronaut.server.write-idle-timeout", Duration.ZERO),
        Map.entry("micronaut.server.netty.max-header-size", LARGEST_HEADERS),
        Map.entry("micronaut.server.netty.max-initial-line-length", LONGEST_LINE),
        Map.entry("micronaut.server.netty.http2.max-concurrent-streams", MOST_STREAMS),
        Map.entry("micronaut.server.date-header", false),
        Map.entry("micronaut.server.log-handled-exceptions", false),
        Map.entry("micronaut.netty.event-loops.default.num-threads", 1),
        // else its thread keeps the process alive for two seconds after everything has stopped
        Map.entry("micronaut.netty.event-loops.default.shutdown-quiet-period", "0s"),
        // nothing of it is waited for longer when Drainwatch stops, which takes 5 s at most
        Map.entry("micronaut.netty.event-loops.default.shutdown-timeout", "300ms"),
        Map.entry("micronaut.server.netty.parent.shutdown-timeout", "300ms"),
        Map.entry("micronaut.server.netty.parent.num-threads", 1),
        Map.entry("micronaut.server.netty.parent.shutdown-quiet-period", "0s"));
  }
}
