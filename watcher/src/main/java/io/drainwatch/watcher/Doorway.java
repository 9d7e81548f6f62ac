package io.drainwatch.watcher;

import io.drainwatch.watcher.http.OpenDoor;
import io.drainwatch.watcher.http.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens from the start, and has the server made when somebody comes: most daemons are asked by
 * nobody for weeks, and the server is half of what a daemon takes. Whoever comes waits in the
 * socket's queue, unread, until the server takes the socket over, some tenths of a second the first
 * time and never again.
 */
final class Doorway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);

  /** Makes the server; it has the socket from then on. */
  @FunctionalInterface
  interface Opening {
    void with(OpenDoor door);
  }

  private final ServerSocketChannel socket;
  private final Selector comings;
  private final URI address;

  private Doorway(ServerSocketChannel socket, Selector comings, URI address) {
    this.socket = socket;
    this.comings = comings;
    this.address = address;
  }

  /**
   * @throws ServerStartException when the address cannot be listened on
   */
  static Doorway at(ServerSettings settings) throws ServerStartException {
    try {
      ServerSocketChannel socket = ServerSocketChannel.open();
      try {
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        socket.bind(
            new InetSocketAddress(
                InetAddress.getByName(settings.host()), Math.max(0, settings.port())));
        socket.configureBlocking(false);
        int port = socket.socket().getLocalPort();
        URI address = new URI("http", null, settings.host(), port, null, null, null);
        return new Doorway(socket, Selector.open(), address);
      } catch (IOException | URISyntaxException | RuntimeException e) {
        socket.close();
        throw e;
      }
    } catch (IOException | URISyntaxException e) {
      throw Serving.refused(settings, e);
    }
  }

  URI address() {
    return address;
  }

  /** Waits on a thread of its own for whoever comes first. */
  void keep(Opening opening) {
    Thread.ofPlatform().name("drainwatch-door").daemon(true).start(() -> waitAndOpen(opening));
  }

  private void waitAndOpen(Opening opening) {
    boolean isOpen = false;
    while (!isOpen && socket.isOpen()) {
      try {
        awaitSomebody();
        isOpen = socket.isOpen() && tryOpening(opening);
      } catch (IOException | ClosedSelectorException e) {
        if (socket.isOpen()) {
          LOG.error("nobody can be let in at {}, the watch goes on: {}", address, e.toString());
        }
        return;
      }
    }
  }

  private void awaitSomebody() throws IOException {
    // made anew when an opening failed; a socket that is still waited for cannot be handed over
    try (Selector selector = comings.isOpen() ? comings : Selector.open()) {
      socket.register(selector, SelectionKey.OP_ACCEPT);
      selector.select();
    }
  }

  private boolean tryOpening(Opening opening) throws IOException {
    try {
      opening.with(new OpenDoor(socket));
      return true;
    } catch (RuntimeException e) {
      if (socket.isOpen()) {
        LOG.error("the server does not start, it is tried again when somebody comes", e);
        sendAway();
      }
      return false;
    }
  }

  private void sendAway() throws IOException {
    for (SocketChannel each = socket.accept(); each != null; each = socket.accept()) {
      each.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    comings.close();
  }
}
