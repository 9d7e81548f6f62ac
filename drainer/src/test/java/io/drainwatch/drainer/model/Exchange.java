package io.drainwatch.drainer.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request over HTTP/1.1 and its answer. Of our own, because the JDK's server writes its own
 * clock's Date and cannot break a connection off.
 *
 * @param headers by name in lower case
 */
record Exchange(
    Socket socket, String method, String target, Map<String, String> headers, String body) {

  /** Empty: the client has closed the connection. */
  static Optional<Exchange> read(Socket socket, InputStream in) throws IOException {
    String first = line(in);
    String[] words = first.split(" ");
    if (words.length < 2) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    byte[] body =
        headers.getOrDefault("transfer-encoding", "").equals("chunked")
            ? chunks(in)
            : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return Optional.of(
        new Exchange(
            socket, words[0], words[1], headers, new String(body, StandardCharsets.UTF_8)));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(in), 16);
        size > 0;
        size = Integer.parseInt(line(in), 16)) {
      all.write(in.readNBytes(size));
      line(in);
    }
    line(in);
    return all.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  void answer(int code, Map<String, String> more, byte[] body) throws IOException {
    head(code, more, "Content-Length: " + body.length);
    out().write(body);
    out().flush();
  }

  /** Says how long it is, and breaks off halfway. */
  void answerHalf(int code, Map<String, String> more, byte[] body) throws IOException {
    head(code, more, "Content-Length: " + body.length);
    out().write(body, 0, body.length / 2);
    out().flush();
    socket.close();
  }

  void begin(int code, Map<String, String> more) throws IOException {
    head(code, more, "Transfer-Encoding: chunked");
    out().flush();
  }

  /** After {@link #begin}; empty ends it. */
  void chunk(byte[] part) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(Answering.bytes(Integer.toHexString(part.length) + "\r\n"));
    all.write(part);
    all.write(Answering.bytes("\r\n"));
    out().write(all.toByteArray());
    out().flush();
  }

  /** The client sees "connection reset". */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private void head(int code, Map<String, String> more, String length) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + code + " -\r\n" + length + "\r\n");
    more.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out().write(Answering.bytes(head + "\r\n"));
  }

  private OutputStream out() throws IOException {
    return socket.getOutputStream();
  }
}
