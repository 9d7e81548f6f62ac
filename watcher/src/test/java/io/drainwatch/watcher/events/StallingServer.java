package io.drainwatch.watcher.events;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Sends a status and the beginning of a body, then nothing until it is closed. */
final class StallingServer implements AutoCloseable {
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;

  StallingServer(int status) throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, 1_000);
          exchange.getResponseBody().write("beginning".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            closing.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
