package io.drainwatch.watcher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Random;

/**
 * Bytes that are nearly requests, over a socket of their own: methods, targets, versions, headers,
 * lengths, chunks and bodies of every kind, several at once, some of it damaged.
 */
public final class WildRequests {
  /** Milliseconds. */
  private static final int SILENCE = 100;

  private static final int MOST_READ = 256 * 1_024;

  private static final List<String> METHODS =
      List.of(
          "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get");
  private static final List<String> TARGETS =
      List.of(
          "/",
          "/live",
          "/fleet",
          "/assets/live.js",
          "/assets/..%2f..%2fapplication.yml",
          "/assets/%2e%2e/%2e%2e/etc/passwd",
          "/health/liveness",
          "/health/readiness",
          "/prometheus",
          "/maintenance",
          "/maintenance/",
          "/maintenance;x=1",
          "/maintenance/history?limit=2",
          "/maintenance/history?limit=99999999999999999999",
          "/maintenance/history?limit=-1&limit=x",
          "/maintenance/drain",
          "/maintenance/drain%00",
          "/maintenance/resume",
          "//maintenance//resume",
          "/maintenance/../maintenance/resume",
          "/maintenance/group",
          "/%",
          "/%zz",
          "/%c0%af",
          "/?a=%",
          "/?%00=%ff&&&=",
          "/?sort=${jndi:ldap://x/}&state=<script>&pool=%0d%0aSet-Cookie:x",
          "/?q=n1&state=blocked&pool=blue&sort=-1",
          "/?state=%3Cscript%3E&sort=%24%7Bjndi%7D&q=%22%0d%0aX:%20y",
          "/fleet?page=99999999999999999999&state=&q=" + "x".repeat(1_000),
          "*",
          "http://169.254.169.254/metadata/instance",
          "/" + "a/".repeat(1_500),
          "/" + "x".repeat(5_000));
  private static final List<String> VERSIONS =
      List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "FTP/1", "");
  private static final List<String> HEADERS =
      List.of(
          "Host: here",
          "Host:",
          "Host: a\r\nHost: b",
          "Authorization: Bearer",
          "Authorization: Bearer " + "0".repeat(64),
          "Authorization: Basic Og==",
          "Accept: text/html",
          "Accept: */*;q=x",
          "Accept: ;;;,/",
          "Accept-Language: " + "de,".repeat(200),
          "Accept-Encoding: gzip, br, x",
          "Content-Type: application/json",
          "Content-Type: text/plain; charset=nonsense",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type: multipart/form-data",
          "Content-Type: multipart/form-data; boundary=" + "x".repeat(300),
          "Content-Type: /",
          "Content-Encoding: gzip",
          "Content-Length: -1",
          "Content-Length: 99999999999",
          "Content-Length: 3\r\nContent-Length: 4",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: 5",
          "Transfer-Encoding: x",
          "Expect: 100-continue",
          "Expect: x",
          "Range: bytes=0-0,5-",
          "If-None-Match: \"" + "x".repeat(500) + "\"",
          "If-Modified-Since: yesterday",
          "Upgrade: websocket\r\nConnection: Upgrade",
          "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
          "Connection: close",
          "Cookie: a=b; ;;=",
          "Origin: null",
          "X-Forwarded-For: 127.0.0.1",
          "X-HTTP-Method-Override: DELETE",
          "Last-Event-ID: -9",
          "no colon",
          " folded: x",
          "X: \u0000\u0001",
          "X: \u00e4\u00ff");
  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "{\"type\":\"Reboot\",\"within\":\"10m\"}",
          "{\"type\":1e999,\"within\":[]}",
          "{\"within\":\"-1s\",\"within\":\"P99999999999999D\"}",
          "[{\"vmName\":\"\\u0000\",\"up\":\"x\"}]",
          "[".repeat(3_000),
          "{\"a\":".repeat(3_000),
          "\u00ff\u00fe\u0000{",
          "3\r\nabc\r\n0\r\n\r\n",
          "zz\r\n",
          "ffffffffffffffff\r\n",
          "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n");
  private static final String LAST =
      "GET /health/liveness HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";

  private final Random random;
  private final String always;

  /**
   * @param always a header that each has; empty: none
   */
  public WildRequests(Random random, String always) {
    this.random = random;
    this.always = always;
  }

  public byte[] next() {
    StringBuilder all = new StringBuilder();
    int requests = 1 + random.nextInt(3);
    for (int i = 0; i < requests; i++) {
      all.append(one());
    }
    byte[] bytes = (all + LAST).getBytes(ISO_8859_1);
    if (random.nextInt(4) == 0) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private String one() {
    StringBuilder request = new StringBuilder();
    request.append(any(METHODS)).append(' ').append(any(TARGETS));
    request.append(' ').append(any(VERSIONS)).append("\r\n");
    if (random.nextInt(5) > 0) {
      request.append("Host: here\r\n");
    }
    if (!always.isEmpty()) {
      request.append(always).append("\r\n");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      request.append(any(HEADERS)).append("\r\n");
    }
    String body = random.nextBoolean() ? "" : any(BODIES);
    if (!body.isEmpty() && random.nextInt(4) > 0) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return request.append("\r\n").append(body).toString();
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** All that comes back until the other side closes, or says nothing for a while. */
  public static String send(URI address, byte[] bytes) throws IOException {
    return send(address, bytes, SILENCE);
  }

  static String send(URI address, byte[] bytes, int silence) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(silence);
      byte[] buffer = new byte[8_192];
      try {
        socket.getOutputStream().write(bytes);
        InputStream in = socket.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          answer.write(buffer, 0, read);
          if (answer.size() > MOST_READ) {
            break;
          }
        }
      } catch (SocketTimeoutException e) {
        // it waits for more, or streams
      } catch (IOException e) {
        // refused in mid-request
      }
    }
    return answer.toString(UTF_8);
  }
}
