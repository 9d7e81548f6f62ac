package io.drainwatch.drainer.cluster;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A watch that says what it is told to say, over one connection after another. */
final class WatchDouble implements ApiDouble.Answer {
  private static final String END = "end";
  private static final String CUT = "cut";

  private final BlockingDeque<String> lines = new LinkedBlockingDeque<>();
  private final Semaphore openings = new Semaphore(0);
  private volatile Optional<Socket> newest = Optional.empty();

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

  /** What is said before a watch is opened anew may still be said into the old one. */
  void awaitOpening(int times) throws InterruptedException {
    if (!openings.tryAcquire(times, 20, TimeUnit.SECONDS)) {
      throw new AssertionError("not opened " + times + " times within 20 s");
    }
  }

  @Override
  public void to(Socket socket) throws IOException {
    newest = Optional.of(socket);
    openings.release();
    ApiDouble.write(
        socket, ApiDouble.head(200, "application/json", -1, "Transfer-Encoding: chunked"));
    try {
      while (true) {
        String line = lines.take();
        if (!newest.equals(Optional.of(socket))) {
          lines.addFirst(line); // for the watch that was opened instead of this one
          return;
        }
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
