package io.drainwatch.watcher.daemon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** On a Node the document is read once more right before the POST (kubernetes-drain.md 13). */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ConfirmationTest {
  /** So seldom that no ordinary poll sees what changes between the order and the POST. */
  private static final Duration SELDOM = Duration.ofSeconds(2);

  private final WillingNode node = new WillingNode();
  private TestVm vm;

  /**
   * Does at once what is asked of it, and something more right before an acknowledgement leaves.
   */
  private static final class WillingNode implements NodeSide {
    private volatile Consumer<Observation> report = ignored -> {};
    private volatile Consumer<String> beforeTheFirst = ignored -> {};

    @Override
    public void start(Consumer<Observation> to, Inside inside) {
      report = to;
    }

    @Override
    public void stepped(Watch watch, List<Action> asked) {
      for (Action action : asked) {
        switch (action) {
          case Action.Cordon cordon -> report.accept(new Observation.CordonDone(true));
          case Action.StartEvictions start ->
              report.accept(new Observation.EvictionsEnded(List.of()));
          case Action.Uncordon uncordon -> report.accept(new Observation.UncordonDone());
          default -> {}
        }
      }
    }

    @Override
    public void clockStepped(Duration by) {}

    @Override
    public void whenAckable(String eventId, Runnable send) {
      Consumer<String> first = beforeTheFirst;
      beforeTheFirst = ignored -> {};
      first.accept(eventId);
      send.run();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory).node(node).pollEvery(SELDOM);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  @DisplayName(
      "K62 cancelled after Drained and before the POST: no POST, and it counts as cancelled")
  void sendsNothingForAnEventThatIsGone() {
    node.beforeTheFirst = event -> vm.simulator().cancel(event);
    vm.start();
    vm.publish("Reboot");
    vm.seen().await("over");
    assertThat(vm.posts()).isEmpty();
    assertThat(vm.seen().lines("summary")).allMatch(line -> line.contains("CANCELLED"));
  }

  @Test
  @DisplayName("K71 started by somebody else before the POST: no POST")
  void sendsNothingForAnEventThatHasStarted() {
    node.beforeTheFirst = event -> vm.simulator().startNow(event);
    vm.start();
    String event = vm.publish("Reboot");
    vm.endOnceStarted(event);
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("an event that still stands is acknowledged once, in the same moment")
  void sendsWhatStillStands() {
    vm.start();
    String event = vm.publish("Reboot");
    vm.endOnceStarted(event);
    assertThat(vm.posts()).containsExactly(event);
  }

  @Test
  @DisplayName("an event that names another VM by now is not approved in the name of the old one")
  void sendsNothingForOtherVmsThanWereOrdered(@TempDir Path other) {
    try (PlayedDocuments documents = new PlayedDocuments();
        TestVm played = TestVm.at(documents.base(), other).node(node).pollEvery(SELDOM)) {
      Duration notice = Duration.ofMinutes(30);
      node.beforeTheFirst =
          event ->
              documents.show(
                  "{\"DocumentIncarnation\":3,\"Events\":["
                      + PlayedDocuments.event(
                          "Reboot", "E1", "Scheduled", notice, TestVm.NAME, "vm-other")
                      + "]}");
      documents.show(PlayedDocuments.scheduled("Reboot", "E1"));
      played.start();
      played.seen().await("state Drained");
      played.seen().awaitPolls(4);
      assertThat(documents.posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("no poll after a pause that the service asked for in mid-confirmation")
  void waitsAsLongAsTheServiceSaysWhileItConfirms(@TempDir Path other) {
    try (PlayedDocuments documents = new PlayedDocuments();
        TestVm played =
            TestVm.at(documents.base(), other).node(node).pollEvery(Duration.ofMillis(250))) {
      AtomicInteger before = new AtomicInteger(Integer.MAX_VALUE);
      node.beforeTheFirst =
          event -> {
            documents.answer(
                aResponse().withStatus(429).withHeader("Retry-After", "2").withFixedDelay(800));
            before.set(documents.polls());
          };
      documents.show(PlayedDocuments.scheduled("Reboot", "E1"));
      played.start();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(20))
          .until(() -> documents.polls() > before.get());
      int confirming = documents.polls();
      await()
          .during(Duration.ofMillis(1800))
          .atMost(Duration.ofSeconds(3))
          .until(() -> documents.polls() == confirming);
    }
  }
}
