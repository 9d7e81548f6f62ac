package io.drainwatch.watcher.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that understands CONNECT, and remembers where it was asked to go. */
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket server;
  final List<String> asked = new CopyOnWriteArrayList<>();

  TunnelProxy() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> tunnel(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void tunnel(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), 1);
      String target = in.readLine().split(" ")[1];
      asked.add(target);
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        // headers
      }
      String[] place = target.split(":");
      try (Socket behind = new Socket(place[0], Integer.parseInt(place[1]))) {
        client
            .getOutputStream()
            .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Thread back =
            Thread.ofVirtual()
                .start(() -> copy(() -> behind.getInputStream(), () -> client.getOutputStream()));
        copy(client::getInputStream, behind::getOutputStream);
        back.interrupt();
      }
    } catch (IOException e) {
      // one of the two has gone
    }
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  private static void copy(Opening<InputStream> from, Opening<OutputStream> to) {
    try {
      from.open().transferTo(to.open());
    } catch (IOException e) {
      // one of the two has gone
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
