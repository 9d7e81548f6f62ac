package io.drainwatch.watcher.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No client takes more than its share of what watches the machine. */
@Timeout(60)
class ServerLimitsTest {
  private static final Duration NEVER = Duration.ofMinutes(10);
  private static final int MOST = 4;

  @TempDir Path directory;

  private final List<Socket> open = new ArrayList<>();
  private Neighbourhood neighbourhood;

  @BeforeEach
  void open() {
    neighbourhood = new Neighbourhood(directory);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    neighbourhood.close();
  }

  private Socket connect() throws IOException {
    URI address = neighbourhood.application().address();
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(20_000);
    open.add(socket);
    return socket;
  }

  /** The first line of the answer; empty when the connection is closed instead. */
  private static String ask(Socket socket, String headers) throws IOException {
    try {
      socket
          .getOutputStream()
          .write(
              ("GET /health/liveness HTTP/1.1\r\nHost: here\r\n" + headers + "\r\n")
                  .getBytes(US_ASCII));
      return firstLine(socket.getInputStream());
    } catch (SocketException e) {
      return "";
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
      line.append((char) each);
    }
    return line.toString().strip();
  }

  /** Opens the stream, so that the connection is being answered until somebody closes it. */
  private Socket listen() throws IOException {
    Socket socket = connect();
    socket
        .getOutputStream()
        .write("GET /maintenance/stream HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(US_ASCII));
    assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
    return socket;
  }

  @Test
  void closesAConnectionTooManyAndTakesOneAgainWhenAnotherIsGone() throws Exception {
    neighbourhood.limits(MOST, NEVER).start();
    for (int i = 0; i < MOST; i++) {
      listen();
    }
    assertThat(ask(connect(), "")).isEmpty();
    open.getFirst().close();
    await().until(() -> ask(connect(), "").equals("HTTP/1.1 200 OK"));
  }

  @Test
  void whoOnlyHoldsConnectionsKeepsNobodyOut() throws Exception {
    neighbourhood.limits(MOST, NEVER).start();
    Socket stream = listen();
    Socket inMidRequest = connect();
    inMidRequest.getOutputStream().write("GET /health/liveness HTTP/1.1\r\nX: ".getBytes(US_ASCII));
    for (int i = 0; i < 3 * MOST; i++) {
      assertThat(ask(connect(), "")).as("connection %s", i).isEqualTo("HTTP/1.1 200 OK");
    }
    assertThat(inMidRequest.getInputStream().read()).as("the oldest gave way").isEqualTo(-1);
    stream.setSoTimeout(1);
    assertThatThrownBy(() -> stream.getInputStream().transferTo(OutputStream.nullOutputStream()))
        .as("the stream is still open")
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void closesAConnectionThatSendsItsRequestAByteAtATime() throws Exception {
    neighbourhood.limits(MOST, Duration.ofSeconds(1)).start();
    Socket slow = connect();
    slow.setSoTimeout(50); // the pace of its bytes
    slow.getOutputStream().write("GET /health/liveness HTTP/1.1\r\nX: ".getBytes(US_ASCII));
    assertThat(isClosedUnder(slow, 'x')).isTrue();
  }

  @Test
  void closesAConnectionThatSendsABodyAByteAtATime() throws Exception {
    neighbourhood.limits(MOST, Duration.ofSeconds(1)).start();
    Socket slow = connect();
    slow.setSoTimeout(50);
    String head =
        "POST /maintenance/group HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
            + neighbourhood.token()
            + "\r\nContent-Length: 100000\r\n\r\n";
    slow.getOutputStream().write(head.getBytes(US_ASCII));
    assertThat(isClosedUnder(slow, ' ')).isTrue();
  }

  @Test
  void whoLeavesInMidRequestMakesNoRoomForMoreThanThereIs() throws Exception {
    neighbourhood.limits(MOST, NEVER).start();
    for (int i = 0; i < 2 * MOST; i++) {
      Socket half = connect();
      String head = "POST /x HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n";
      half.getOutputStream().write(head.getBytes(US_ASCII));
      assertThat(firstLine(half.getInputStream())).contains("401"); // before the body is there
      half.close();
    }
    for (int i = 0; i < MOST; i++) {
      await().untilAsserted(this::listen);
    }
    assertThat(ask(connect(), "")).isEmpty();
  }

  /** Whether the other side hangs up on a client that sends so, within 400 bytes of it. */
  private static boolean isClosedUnder(Socket slow, char each) {
    for (int sent = 0; sent < 400; sent++) {
      try {
        slow.getOutputStream().write(each);
        if (slow.getInputStream().read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException e) {
        // still open: the next byte
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aConnectionThatAsksNowAndThenLivesOn() throws Exception {
    neighbourhood.limits(MOST, Duration.ofSeconds(1)).start();
    Socket lively = connect();
    lively.setSoTimeout(100);
    InputStream in = lively.getInputStream();
    for (int i = 0; i < 15; i++) { // a second and a half in all
      lively
          .getOutputStream()
          .write("GET /health/liveness HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(US_ASCII));
      assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void closesAConnectionOnWhichNothingHappens() throws Exception {
    neighbourhood.limits(MOST, Duration.ofSeconds(1)).start();
    Socket silent = connect();
    assertThat(silent.getInputStream().read()).as("closed by the other side").isEqualTo(-1);
  }

  @Test
  void readsNoHeadersWithoutEnd() throws Exception {
    neighbourhood.start();
    assertThat(ask(connect(), "X: " + "x".repeat(10_000) + "\r\n")).doesNotContain("200");
    assertThat(ask(connect(), "X: " + "x".repeat(1_000) + "\r\n")).contains("200");
  }

  @Test
  void theStreamSpeaksMoreOftenThanAnIdleConnectionLives() {
    assertThat(ServerLimits.DEFAULT.idle()).isGreaterThan(StreamController.KEEPALIVE);
    assertThat(ServerLimits.DEFAULT.connections()).isGreaterThan(2 * StreamController.MOST_CLIENTS);
  }

  @Test
  void refusesLimitsThatLetNobodyIn() {
    assertThatThrownBy(() -> new ServerLimits(0, NEVER)).hasMessageContaining("nobody");
    assertThatThrownBy(() -> new ServerLimits(1, Duration.ofMillis(999)))
        .hasMessageContaining("nobody");
  }
}
