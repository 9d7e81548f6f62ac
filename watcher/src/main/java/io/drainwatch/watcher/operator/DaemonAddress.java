package io.drainwatch.watcher.operator;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Where the daemon of these settings is asked from the same machine. */
public final class DaemonAddress {
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]", "*");

  private DaemonAddress() {}

  /**
   * Loopback, unless the daemon listens on one other address only.
   *
   * @return empty when the port is left to the system, so that nobody can know it
   */
  public static Optional<URI> of(DrainwatchSettings.Server server) {
    if (server.port() < 1) {
      return Optional.empty();
    }
    String host = EVERY_ADDRESS.contains(server.host()) ? "127.0.0.1" : server.host();
    boolean isBareIpv6 = host.contains(":") && !host.startsWith("[");
    return Optional.of(
        URI.create("http://" + (isBareIpv6 ? "[" + host + "]" : host) + ":" + server.port()));
  }
}
