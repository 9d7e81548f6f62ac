package io.drainwatch.watcher.events;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.events.PollResult.Failed;
import io.drainwatch.watcher.events.PollResult.Valid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Polls share a connection, and lose nothing by it (azure-scheduled-events.md, section 13). The
 * server here is a bare socket, so that what happens to a connection is ours to say.
 */
@Timeout(30)
class KeptConnectionTest {
  private static final String EMPTY = "{\"Events\":[]}";

  @RegisterExtension static final MetadataServer clients = new MetadataServer();

  /** Each request, by the number of the connection it came over, the first is 1. */
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private final CountDownLatch askedOnANewConnection = new CountDownLatch(1);
  private final BlockingQueue<Conduct> conducts = new LinkedBlockingQueue<>();
  private ServerSocket server;

  /** What is done with the next request. */
  private enum Conduct {
    ANSWER,
    HANG_UP,
    SAY_NOTHING,
    /** Waits for the next request, over whatever connection, for most of the limit. */
    ANSWER_ONLY_AFTER_THE_NEXT
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      for (int number = 1; ; number++) {
        Socket socket = server.accept();
        int connection = number;
        Thread.ofVirtual().start(() -> serve(socket, connection));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      BufferedReader requests =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        String method = line.substring(0, line.indexOf(' '));
        while (!line.isEmpty()) {
          line = requests.readLine();
        }
        received.add(method + " " + connection);
        if (connection > 1) {
          askedOnANewConnection.countDown();
        }
        Conduct conduct = conducts.poll();
        switch (conduct == null ? Conduct.ANSWER : conduct) {
          case HANG_UP -> {
            return;
          }
          case SAY_NOTHING -> {}
          case ANSWER -> answer(socket);
          case ANSWER_ONLY_AFTER_THE_NEXT -> {
            askedOnANewConnection.await(1_800, MILLISECONDS);
            answer(socket);
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      // the client hung up, which is its right
    }
  }

  private static void answer(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("HTTP/1.1 200 OK\r\nContent-Length: " + EMPTY.length() + "\r\n\r\n" + EMPTY)
                .getBytes(StandardCharsets.US_ASCII));
  }

  private MetadataClient client(Duration exchangeLimit) {
    return clients.client(
        MetadataServer.settings(
            URI.create("http://127.0.0.1:" + server.getLocalPort()), exchangeLimit, exchangeLimit));
  }

  private MetadataClient client() {
    return client(Duration.ofSeconds(10));
  }

  private void next(Conduct... next) {
    for (Conduct conduct : next) {
      conducts.add(conduct);
    }
  }

  @Test
  void pollsShareAConnection() {
    try (MetadataClient client = client()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.poll().result()).isInstanceOf(Valid.class);
      }
    }
    assertThat(received).containsExactly("GET 1", "GET 1", "GET 1");
  }

  @Test
  void aPollIsNotLostWithTheConnectionOfTheTimeBefore() {
    next(Conduct.ANSWER, Conduct.HANG_UP);
    try (MetadataClient client = client()) {
      client.poll();

      assertThat(client.poll().result()).isInstanceOf(Valid.class);
      assertThat(client.status().failuresInARow()).isZero();
    }
    assertThat(received).containsExactly("GET 1", "GET 1", "GET 2");
  }

  @Test
  void aStuckConnectionCostsPartOfTheLimitAndNoPoll() {
    next(Conduct.ANSWER, Conduct.SAY_NOTHING);
    try (MetadataClient client = client(Duration.ofSeconds(1))) {
      client.poll();

      assertThat(client.poll().result()).isInstanceOf(Valid.class);
    }
    assertThat(received).containsExactly("GET 1", "GET 1", "GET 2");
  }

  @Test
  void waitsOnAKeptConnectionForHalfTheLimitAtMost() {
    next(Conduct.ANSWER, Conduct.ANSWER_ONLY_AFTER_THE_NEXT);
    try (MetadataClient client = client(Duration.ofMillis(1_900))) {
      client.poll();

      assertThat(client.poll().result()).isInstanceOf(Valid.class);
    }
    assertThat(received).containsExactly("GET 1", "GET 1", "GET 2");
  }

  @Test
  void asksNoThirdTime() {
    next(Conduct.ANSWER, Conduct.HANG_UP, Conduct.HANG_UP);
    try (MetadataClient client = client()) {
      client.poll();

      assertThat(client.poll().result())
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.CONNECTION_LOST));
    }
    assertThat(received).containsExactly("GET 1", "GET 1", "GET 2");
  }

  @Test
  void asksOnceWhereNoConnectionWasKept() {
    next(Conduct.HANG_UP);
    try (MetadataClient client = client()) {
      assertThat(client.poll().result()).isInstanceOf(Failed.class);
    }
    assertThat(received).containsExactly("GET 1");
  }

  @Test
  void anAcknowledgementHasAConnectionOfItsOwnAndIsSentOnce() throws Exception {
    next(Conduct.ANSWER, Conduct.HANG_UP);
    try (MetadataClient client = client()) {
      client.poll();

      assertThat(client.acknowledge("A")).isInstanceOf(AcknowledgeAnswer.Unclear.class);
      assertThat(received.poll(10, SECONDS)).isEqualTo("GET 1");
      assertThat(received.poll(10, SECONDS)).isEqualTo("POST 2");
      assertThat(received).isEmpty();

      client.poll();
      assertThat(received).containsExactly("GET 3");
    }
  }
}
