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

  private final URI address;
  private final InetSocketAddress place;
  private volatile ServerSocketChannel socket;
  private volatile Selector comings;
  private volatile boolean closed;

  private Doorway(
      URI address, InetSocketAddress place, ServerSocketChannel socket, Selector comings) {
    this.address = address;
    this.place = place;
    this.socket = socket;
    this.comings = comings;
  }

  /**
   * @throws ServerStartException when the address cannot be listened on
   */
  static Doorway at(ServerSettings settings) throws ServerStartException {
    try {
      InetAddress host = InetAddress.getByName(settings.host());
      ServerSocketChannel socket =
          listening(new InetSocketAddress(host, Math.max(0, settings.port())));
      try {
        int port = socket.socket().getLocalPort();
        URI address = new URI("http", null, settings.host(), port, null, null, null);
        return new Doorway(address, new InetSocketAddress(host, port), socket, Selector.open());
      } catch (IOException | URISyntaxException | RuntimeException e) {
        socket.close();
        throw e;
      }
    } catch (IOException | URISyntaxException e) {
      throw Serving.refused(settings, e);
    }
  }

  private static ServerSocketChannel listening(InetSocketAddress place) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(place);
      socket.configureBlocking(false);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
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
    try {
      boolean isOpen = false;
      while (!isOpen && !closed) {
        awaitSomebody();
        isOpen = !closed && tryOpening(opening);
      }
    } catch (IOException | ClosedSelectorException e) {
      if (!closed) {
        LOG.error("nobody can be let in at {} any more, the watch goes on", address, e);
        shut(); // refused at once is better than waiting for nobody
      }
    }
  }

  private void awaitSomebody() throws IOException {
    // made anew when an opening failed; a socket that is still waited for cannot be handed over
    try (Selector selector = comings.isOpen() ? comings : Selector.open()) {
      comings = selector; // for close() to end the wait
      if (!closed) {
        socket.register(selector, SelectionKey.OP_ACCEPT);
        selector.select();
      }
    }
  }

  private boolean tryOpening(Opening opening) throws IOException {
    try {
      opening.with(new OpenDoor(socket));
      return true;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // a library that was replaced under a daemon that runs brings errors too
      if (!closed) {
        LOG.error(
            "the server at {} does not start; it is tried again when somebody comes", address, e);
        waitAgain();
      }
      return false;
    }
  }

  private void waitAgain() throws IOException {
    if (socket.isOpen()) {
      for (SocketChannel each = socket.accept(); each != null; each = socket.accept()) {
        each.close();
      }
    } else {
      socket = listening(place); // the server had it, and took it along
      if (closed) {
        shut();
      }
    }
  }

  private void shut() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("the socket at {} is closed", address, e);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
    comings.close();
  }
}
