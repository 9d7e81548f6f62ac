package io.drainwatch.watcher.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.drainwatch.watcher.events.MetadataServer.COMPUTE;
import static io.drainwatch.watcher.events.MetadataServer.EVENTS;
import static io.drainwatch.watcher.events.MetadataServer.PATIENT;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.sun.net.httpserver.HttpServer;
import io.drainwatch.watcher.events.PollResult.Failed;
import io.drainwatch.watcher.events.PollResult.Valid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How it talks: azure-scheduled-events.md, sections 1 and 8. */
class MetadataWireTest {
  @RegisterExtension static final MetadataServer server = new MetadataServer();

  private static Failed failure(Poll poll) {
    assertThat(poll.result()).isInstanceOf(Failed.class);
    return (Failed) poll.result();
  }

  private static URI at(ServerSocket socket) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void sendsTheHeaderAndNothingThatTheServiceRejects() {
    server.answers(EVENTS, aResponse().withBody("{\"Events\":[]}"));
    try (MetadataClient client = server.client()) {
      client.poll();
      client.acknowledge("A");
    }
    server.answers(COMPUTE, aResponse().withBody("{\"name\":\"vm1\"}"));
    try (MetadataClient client = server.client()) {
      client.identity();
    }

    assertThat(server.requests()).hasSize(3);
    for (LoggedRequest request : server.requests()) {
      assertThat(request.header("Metadata").values()).containsExactly("true");
      assertThat(request.getProtocol()).isEqualTo("HTTP/1.1");
      assertThat(request.containsHeader("X-Forwarded-For")).isFalse();
      assertThat(request.containsHeader("Upgrade")).isFalse();
      assertThat(request.containsHeader("Expect")).isFalse();
      assertThat(request.containsHeader("If-None-Match")).isFalse();
      assertThat(request.getQueryParams().keySet()).containsExactly("api-version");
      assertThat(request.queryParameter("api-version").values()).hasSize(1);
    }
    assertThat(server.requests().getFirst().getUrl())
        .isEqualTo("/metadata/scheduledevents?api-version=2020-07-01");
    assertThat(server.requests().getLast().getUrl())
        .isEqualTo("/metadata/instance/compute?api-version=2021-02-01");
  }

  @Test
  void ignoresTheProxySettingsOfTheJvm() throws Exception {
    Map<String, String> settings =
        Map.of(
            "http.proxyHost", "127.0.0.1",
            "http.proxyPort", "1",
            "http.nonProxyHosts", "",
            "socksProxyHost", "127.0.0.1",
            "socksProxyPort", "1",
            "socksNonProxyHosts", "");
    server.answers(EVENTS, aResponse().withBody("{\"Events\":[]}"));
    settings.forEach(System::setProperty);
    try (MetadataClient client = server.client()) {
      assertThat(client.poll().result()).isInstanceOf(Valid.class);
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void asksNoProxySelectorForHttpNorForSocks() {
    ProxySelector before = ProxySelector.getDefault();
    server.answers(EVENTS, aResponse().withBody("{\"Events\":[]}"));
    ProxySelector.setDefault(new DeadEnd());
    try (MetadataClient client = server.client()) {
      assertThat(client.poll().result()).isInstanceOf(Valid.class);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static final class DeadEnd extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      boolean isSocket = "socket".equals(uri.getScheme());
      return List.of(
          new Proxy(
              isSocket ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
              new InetSocketAddress("127.0.0.1", 1)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {}
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowRedirects(int status) {
    server.answers(
        EVENTS,
        aResponse().withStatus(status).withHeader("Location", server.base() + "/elsewhere"));
    try (MetadataClient client = server.client()) {
      Failed failed = failure(client.poll());

      assertThat(failed.kind()).isEqualTo(ErrorKind.NOT_THIS_SERVICE);
      assertThat(failed.status()).hasValue(status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aRefusedFirstCallTellsWhatMayBeMissing() throws IOException {
    URI nobody;
    try (ServerSocket socket = listening()) {
      nobody = at(socket);
    }
    try (MetadataClient client = server.client(MetadataServer.settings(nobody, PATIENT, PATIENT))) {
      Poll poll = client.poll();

      assertThat(failure(poll).kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(failure(poll).message())
          .startsWith("GET " + nobody)
          .contains("asking again in 1 s", "route to 169.254.169.254", "hostNetwork");
      assertThat(poll.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
      assertThat(poll.state()).isEqualTo(ClientState.WARMING);
      assertThat(client.identity())
          .isInstanceOfSatisfying(
              Identity.Failed.class,
              failed -> assertThat(failed.message()).contains("hostNetwork"));
    }
  }

  @Test
  void aSilentFirstCallTellsWhatMayBeMissing() throws IOException {
    try (ServerSocket silent = listening();
        MetadataClient client =
            server.client(
                MetadataServer.settings(
                    at(silent), Duration.ofMillis(200), Duration.ofMillis(200)))) {
      Failed failed = failure(client.poll());

      assertThat(failed.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failed.message()).contains("route to 169.254.169.254", "hostNetwork");
    }
  }

  @Test
  void oneAnswerOfAnyKindEndsTheTalkOfRoutes() throws Exception {
    HttpServer once = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    once.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    once.start();
    URI base = URI.create("http://127.0.0.1:" + once.getAddress().getPort());
    try (MetadataClient client = server.client(MetadataServer.settings(base, PATIENT, PATIENT))) {
      client.poll();
      once.stop(0);

      Failed failed = failure(client.poll());

      assertThat(failed.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(failed.message()).doesNotContain("hostNetwork");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"", "{\"Events\":[]}"})
  void aBodyShorterThanAnnouncedIsNoAnswerWhateverItSays(String beginning) throws Exception {
    HttpServer cutting = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    cutting.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 500);
          exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });
    cutting.start();
    URI base = URI.create("http://127.0.0.1:" + cutting.getAddress().getPort());
    try (MetadataClient client = server.client(MetadataServer.settings(base, PATIENT, PATIENT))) {
      assertThat(failure(client.poll()).kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
    } finally {
      cutting.stop(0);
    }
  }

  @Test
  void doesNotReadAnEndlessBodyToItsEnd() throws Exception {
    HttpServer endless = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    endless.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] spaces = " ".repeat(64 * 1_024).getBytes(StandardCharsets.UTF_8);
          while (true) {
            exchange.getResponseBody().write(spaces); // until the other side hangs up
          }
        });
    endless.start();
    URI base = URI.create("http://127.0.0.1:" + endless.getAddress().getPort());
    try (MetadataClient client = server.client(MetadataServer.settings(base, PATIENT, PATIENT))) {
      Failed failed = failure(client.poll());

      assertThat(failed.kind()).isEqualTo(ErrorKind.NOT_A_DOCUMENT);
      assertThat(failed.message()).contains("longer than 1048576 bytes");
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void anInterruptedCallIsGivenUpAndTheFlagKept() {
    server.answers(EVENTS, aResponse().withBody("{\"Events\":[]}"));
    try (MetadataClient client = server.client()) {
      Thread.currentThread().interrupt();
      Poll poll = client.poll();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure(poll).kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(client.status().failuresInARow()).isZero();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void closingEndsARunningCall() throws Exception {
    try (ServerSocket silent = listening()) {
      MetadataClient client =
          server.client(MetadataServer.settings(at(silent), PATIENT, Duration.ofSeconds(150)));
      CompletableFuture<Poll> polling = CompletableFuture.supplyAsync(client::poll);
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo('G');
        client.close();

        Poll poll = polling.get(10, SECONDS);
        assertThat(failure(poll).kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(poll.state()).isEqualTo(ClientState.WARMING);
        assertThat(client.status().failuresInARow()).isZero();
      }
    }
  }

  @Test
  void asksNothingOnceClosed() {
    server.answers(EVENTS, aResponse().withBody("{\"Events\":[]}"));
    MetadataClient client = server.client();
    client.close();

    assertThat(failure(client.poll()).kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void sendsOneRequestAtATime() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    CompletableFuture<Boolean> overlapped = new CompletableFuture<>();
    HttpServer slow = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    ExecutorService threads = Executors.newCachedThreadPool();
    slow.setExecutor(threads);
    slow.createContext(
        "/",
        exchange -> {
          second.countDown();
          try {
            overlapped.complete(second.await(300, MILLISECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          byte[] body = "{\"Events\":[]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    slow.start();
    URI base = URI.create("http://127.0.0.1:" + slow.getAddress().getPort());
    try (MetadataClient client = server.client(MetadataServer.settings(base, PATIENT, PATIENT))) {
      Future<Poll> poll = threads.submit(client::poll);
      Future<AcknowledgeAnswer> answer = threads.submit(() -> client.acknowledge("A"));

      assertThat(overlapped.get(10, SECONDS)).isFalse();
      assertThat(poll.get(10, SECONDS).result()).isInstanceOf(Valid.class);
      assertThat(answer.get(10, SECONDS)).isEqualTo(new AcknowledgeAnswer.Accepted());
    } finally {
      slow.stop(0);
      threads.shutdownNow();
    }
  }
}
