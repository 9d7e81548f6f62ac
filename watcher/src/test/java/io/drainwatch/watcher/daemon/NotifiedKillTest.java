package io.drainwatch.watcher.daemon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The daemon is killed between two notifications: each sink is told of everything at least once and
 * in order, the one that took nothing before the kill too.
 */
@Timeout(180)
class NotifiedKillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> WHOLE_LIFE =
      List.of(
          "seen", "cordoned", "draining", "drained", "acknowledged", "started", "gone", "returned");

  /** After which notice it is killed, and which hook keeps the maintenance from going on. */
  enum Point {
    SEEN(Hook.SCHEDULED),
    CORDONED(Hook.CORDON),
    DRAINING(Hook.DRAIN),
    STARTED(Hook.STARTED),
    GONE(Hook.RUNNING),
    RETURNED(Hook.UNCORDON);

    private final Hook hook;

    Point(Hook hook) {
      this.hook = hook;
    }
  }

  @TempDir private static Path directory;
  private static SideBySide<Point> runs;

  @BeforeAll
  static void begin() {
    runs = SideBySide.begin(Point.class, 2, directory, NotifiedKillTest::tellsAll);
  }

  @AfterAll
  static void end() {
    runs.close();
  }

  @ParameterizedTest(name = "killed after {0}")
  @EnumSource(Point.class)
  void tellsEverySinkOfEverythingInOrder(Point point) throws Exception {
    runs.isThrough(point);
  }

  private static void tellsAll(Path place, Point point) throws Exception {
    WireMockServer sinks = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    sinks.start();
    sinks.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
    sinks.stubFor(any(urlEqualTo("/b")).willReturn(aResponse().withStatus(503)));
    try (KilledVm vm = new KilledVm(place, NotifiedProcess.telling(sinks.baseUrl()))) {
      vm.hold(point.hook);
      String id =
          vm.simulator()
              .schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());
      if (point.compareTo(Point.STARTED) >= 0) {
        vm.awaitAccepted();
        vm.simulator().startNow(id);
      }
      if (point.compareTo(Point.GONE) >= 0) {
        vm.awaitSuccess(Hook.STARTED);
        vm.simulator().endNow(id);
      }
      if (point == Point.RETURNED) {
        vm.awaitBegin(Hook.UNCORDON);
        vm.letGo(Hook.UNCORDON);
        Awaitility.await()
            .atMost(Duration.ofSeconds(50))
            .pollInterval(Duration.ofMillis(2))
            .until(() -> !vm.history().isEmpty());
        vm.kill();
      } else {
        String word = point.name().toLowerCase(java.util.Locale.ROOT);
        Awaitility.await()
            .atMost(Duration.ofSeconds(50))
            .until(() -> told(sinks, "a").containsKey(word));
        vm.killIn(point.hook);
      }
      assertThat(told(sinks, "b")).as("b took nothing so far").isEmpty();
      sinks.stubFor(any(urlEqualTo("/b")).willReturn(aResponse().withStatus(200)));
      vm.startAgain();
      if (point.compareTo(Point.STARTED) < 0) {
        vm.awaitAccepted();
        vm.simulator().startNow(id);
      }
      if (point.compareTo(Point.GONE) < 0) {
        vm.awaitSuccess(Hook.STARTED);
        vm.simulator().endNow(id);
      }
      vm.awaitOver();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(told(sinks, "a").keySet()).containsExactlyElementsOf(WHOLE_LIFE);
                assertThat(told(sinks, "b").keySet()).containsExactlyElementsOf(WHOLE_LIFE);
              });
      assertThat(told(sinks, "a")).as("under the same ids").isEqualTo(told(sinks, "b"));
    } finally {
      sinks.stop();
    }
  }

  /** Ids by word, in the order in which they were taken first. */
  private static Map<String, String> told(WireMockServer sinks, String sink) {
    Map<String, String> told = new LinkedHashMap<>();
    List<ServeEvent> events = sinks.getAllServeEvents().reversed();
    for (ServeEvent event : events) {
      if (event.getRequest().getUrl().equals("/" + sink)
          && event.getResponse().getStatus() == 200) {
        JsonNode notice = read(event.getRequest().getBodyAsString());
        told.putIfAbsent(notice.path("data").path("notice").asText(), notice.path("id").asText());
      }
    }
    return told;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
