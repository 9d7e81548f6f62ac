package io.drainwatch.drainer.cluster;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A watch that says what it is told to say, over as many connections as are opened. */
final class WatchDouble implements ApiDouble.Answer {
  private static final String END = "end";
  private static final String CUT = "cut";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  WatchDouble says(String type, String object) {
    lines.add("{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
    return this;
  }

  WatchDouble bookmark(int version) {
    return says(
        "BOOKMARK", "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"" + version + "\"}}");
  }

  WatchDouble error(int code) {
    return says(
        "ERROR",
        "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"Expired\",\"message\":\"too old\",\"code\":"
            + code
            + "}");
  }

  /** The connection that says it is closed in due course. */
  WatchDouble ends() {
    lines.add(END);
    return this;
  }

  /** The connection that comes to it is cut. */
  WatchDouble isCut() {
    lines.add(CUT);
    return this;
  }

  @Override
  public void to(Socket socket) throws IOException {
    ApiDouble.write(
        socket, ApiDouble.head(200, "application/json", -1, "Transfer-Encoding: chunked"));
    try {
      while (true) {
        String line = lines.take();
        if (line.equals(END)) {
          ApiDouble.write(socket, "0\r\n\r\n");
          return;
        }
        if (line.equals(CUT)) {
          ApiDouble.reset().to(socket);
          return;
        }
        int length = line.getBytes(StandardCharsets.UTF_8).length;
        ApiDouble.write(socket, Integer.toHexString(length) + "\r\n" + line + "\r\n");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
