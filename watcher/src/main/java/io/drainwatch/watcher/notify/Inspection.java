package io.drainwatch.watcher.notify;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shell: what can be said of a receiver without sending it anything. Shows no secret.
 *
 * @param name in the configuration
 * @param faults what cannot be read, or is not what it should be
 * @param unreachable why nobody can be reached there; empty: somebody listens, or it was not tried
 */
public record Inspection(String name, List<String> faults, Optional<String> unreachable) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  public Inspection {
    faults = List.copyOf(faults);
  }

  /** Reads its files; connects to it, or to its proxy, and hangs up. */
  public static Inspection of(SinkSettings sink) {
    List<String> faults = new ArrayList<>();
    Optional<String> url = read(sink.url(), faults);
    url.flatMap(SinkUrl::fault).ifPresent(fault -> faults.add("its address " + fault));
    sink.token().ifPresent(token -> read(token, faults));
    Optional<URI> address =
        url.filter(text -> SinkUrl.fault(text).isEmpty()).map(text -> URI.create(text));
    return of(sink.wire(), address, sink.headers(), faults);
  }

  /** Likewise of one that is no sink. */
  public static Inspection of(Wire wire, URI address, List<SinkSettings.Header> headers) {
    return of(wire, Optional.of(address), headers, new ArrayList<>());
  }

  private static Inspection of(
      Wire wire, Optional<URI> address, List<SinkSettings.Header> headers, List<String> faults) {
    headers.forEach(header -> read(header.value(), faults));
    wire.caFile()
        .ifPresent(
            file -> {
              try {
                OwnAuthority.read(file);
              } catch (IOException e) {
                faults.add(String.valueOf(e.getMessage()));
              }
            });
    return new Inspection(
        wire.name(), faults, wire.proxy().or(() -> address).flatMap(Inspection::unreachable));
  }

  private static Optional<String> read(Secret secret, List<String> faults) {
    try {
      return Optional.of(secret.read());
    } catch (IOException e) {
      faults.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<String> unreachable(URI address) {
    boolean isSecure = address.getScheme().toLowerCase(Locale.ROOT).equals("https");
    int port = address.getPort() > 0 ? address.getPort() : isSecure ? HTTPS : HTTP;
    InetSocketAddress place = new InetSocketAddress(address.getHost(), port);
    String where = address.getHost() + " port " + port;
    if (place.isUnresolved()) {
      return Optional.of(where + ": the host's name is not known");
    }
    try (Socket socket = new Socket()) {
      socket.connect(place, Math.toIntExact(PATIENCE.toMillis()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(where + ": " + e.getMessage());
    }
  }
}
