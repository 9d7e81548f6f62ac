package io.drainwatch.watcher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.report.StatusJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of happenings over real sockets. */
@Timeout(60)
class StreamTest {
  @TempDir static Path directory;

  private static Neighbourhood neighbourhood;

  @BeforeAll
  static void start() throws Exception {
    neighbourhood = new Neighbourhood(directory).start();
    await().until(() -> neighbourhood.get("/health/readiness").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    neighbourhood.close();
  }

  private static int listeners() {
    return neighbourhood.application().context().getBean(StreamController.class).clients();
  }

  /** Names of the events up to and with the first of that name; their data must be JSON. */
  private static List<String> namesUntil(String last, BufferedReader lines) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        assertThat(StatusJson.readTree(line.substring(6)).isObject()).isTrue();
        if (names.getLast().equals(last)) {
          return names;
        }
      } else if (line.startsWith("event: ")) {
        names.add(line.substring(7));
      }
    }
    throw new IOException("the stream ended after " + names);
  }

  @Test
  void tellsTheStatusFirstAndThenWhatHappens() throws Exception {
    HttpResponse<InputStream> stream = neighbourhood.open("/maintenance/stream");
    assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      assertThat(namesUntil("status", lines)).containsExactly("status");
      neighbourhood.post("/maintenance/drain", "");
      await().until(() -> neighbourhood.get("/maintenance").body().contains("\"Drained\""));
      neighbourhood.post("/maintenance/resume", "");
      assertThat(namesUntil("ended", lines))
          .filteredOn("transition"::equals)
          .as("MaintenanceScheduled to Drained, Running, Uncordoned")
          .hasSize(6);
    }
    await().until(() -> listeners() == 0);
  }

  @Test
  void takesSoManyClientsAndNoMore() throws Exception {
    List<HttpResponse<InputStream>> open = new ArrayList<>();
    for (int client = 0; client < StreamController.MOST_CLIENTS; client++) {
      open.add(neighbourhood.open("/maintenance/stream"));
    }
    HttpResponse<String> refused = neighbourhood.get("/maintenance/stream");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("16 clients are connected already");
    for (HttpResponse<InputStream> each : open) {
      each.body().close();
    }
    await().until(() -> listeners() == 0);
    try (InputStream again = neighbourhood.open("/maintenance/stream").body()) {
      assertThat(again.read()).isEqualTo('e');
    }
    await().until(() -> listeners() == 0);
  }

  @Test
  void dropsAClientThatDoesNotRead() throws Exception {
    try (Socket deaf = new Socket("127.0.0.1", neighbourhood.application().address().getPort())) {
      deaf.getOutputStream()
          .write("GET /maintenance/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      await().until(() -> listeners() == 1);
      String longName = "x".repeat(10_000);
      await()
          .until(
              () -> {
                for (int i = 0; i < 100; i++) {
                  neighbourhood
                      .application()
                      .reporting()
                      .feed()
                      .scriptStarted("A/vm1", Hook.DRAIN, longName, 1);
                }
                return listeners() == 0;
              });
    }
    assertThat(neighbourhood.get("/health/liveness").statusCode()).isEqualTo(200);
  }

  @Test
  void showsThatTheLineIsOpen() throws Exception {
    try (InputStream body = neighbourhood.open("/maintenance/stream").body();
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      namesUntil("status", lines);
      neighbourhood.application().context().getBean(StreamController.class).keepAlive();
      assertThat(namesUntil("keepalive", lines)).containsExactly("keepalive");
    }
    await().until(() -> listeners() == 0);
  }
}
