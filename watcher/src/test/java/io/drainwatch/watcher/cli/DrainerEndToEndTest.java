package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.watcher.Drainwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Form controller end to end: real sockets, a Lease, the endpoints. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class DrainerEndToEndTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final DrainedCluster cluster = new DrainedCluster();
  @TempDir Path directory;

  @AfterEach
  void close() {
    cluster.close();
  }

  private LiveDrainer drainer(String pod) throws Exception {
    return LiveDrainer.of(cluster.server, directory, pod);
  }

  private static void soon(String what, Callable<Boolean> holds) {
    await(what).atMost(LIMIT).until(holds);
  }

  private void awaitState(String node, MaintenanceState state) {
    soon(state.word(), () -> cluster.state(node).equals(state.word()));
  }

  @Test
  void drainsWhatIsAnnouncedAndGivesItBack() throws Exception {
    cluster.web(3, Duration.ofMillis(200), "n1");
    try (LiveDrainer drainer = drainer("drainer-a")) {
      cluster.announce("n1");

      awaitState("n1", MaintenanceState.DRAINED);
      assertThat(cluster.isCordoned("n1")).isTrue();
      assertThat(cluster.isEmpty("n1")).isTrue();
      assertThat(cluster.evictions()).isEqualTo(3);
      soon(
          "permission",
          () -> cluster.record("n1").drain().ackable().contains(DrainedCluster.EVENT));
      assertThat(drainer.metric("drainwatch_leader")).isEqualTo(1);
      soon("metric", () -> drainer.metric("drainwatch_state{state=\"Drained\"}") == 1);

      cluster.start("n1");
      awaitState("n1", MaintenanceState.MAINTENANCE_STARTED);
      cluster.reboot("n1");
      cluster.missing("n1");
      cluster.gone("n1");
      soon("given back", () -> !cluster.isCordoned("n1"));
      soon("no record", () -> cluster.state("n1").equals("none"));

      soon(
          "metric of the drain",
          () ->
              drainer.metric("drainwatch_drain_duration_seconds_count{result=\"complete\"}") == 1);
      assertThat(drainer.metric("drainwatch_pods_evicted_total{how=\"evicted\"}")).isEqualTo(3);
      assertThat(drainer.metric("drainwatch_eviction_requests_total{code=\"201\"}")).isEqualTo(3);
      assertThat(drainer.metric("drainwatch_invariant_violations_total")).isZero();
    }
  }

  @Test
  void onlyTheLeaderActsAndTheOtherTakesOverWhenItIsClosed() throws Exception {
    cluster.web(2, Duration.ofSeconds(4), "n1");
    LiveDrainer first = drainer("drainer-a");
    try (first) {
      soon("a leader", first::isLeading);
      try (LiveDrainer second = drainer("drainer-b")) {
        soon("ready to take over", () -> second.status("/health/readiness") == 200);
        cluster.announce("n1");
        soon("evictions", () -> cluster.evictions() >= 2);
        assertThat(second.isLeading()).isFalse();
        assertThat(second.metric("drainwatch_leader")).isZero();
        assertThat(cluster.record("n1").holder()).startsWith("drainer-a/");

        first.close();
        assertThat(first.isLeading()).isFalse();
        soon("another leader", second::isLeading);
        awaitState("n1", MaintenanceState.DRAINED);
        assertThat(cluster.record("n1").holder()).startsWith("drainer-b/");
        assertThat(cluster.evictions()).isEqualTo(2);
      }
    }
  }

  @Test
  void losesTheLeaseStopsAndGoesOnWhenItHasItAgain() throws Exception {
    cluster.web(1, Duration.ofMillis(200), "n1");
    try (LiveDrainer drainer = drainer("drainer-a")) {
      soon("a leader", drainer::isLeading);
      cluster.leaseIsHeldBy("somebody");
      soon("the loss", () -> !drainer.isLeading());
      cluster.announce("n1");
      assertThat(drainer.status("/health/readiness")).isEqualTo(200);
      assertThat(drainer.metric("drainwatch_leader")).isZero();

      await()
          .during(Duration.ofSeconds(1))
          .atMost(LIMIT)
          .until(() -> !cluster.isCordoned("n1") && cluster.evictions() == 0);
      cluster.leaseIsHeldBy("");
      soon("the gain", drainer::isLeading);
      awaitState("n1", MaintenanceState.DRAINED);
    }
  }

  @Test
  void aStopLeavesTheNodesAsTheyAreAndGivesTheLeaseBack() throws Exception {
    cluster.web(1, Duration.ofMinutes(5), "n1");
    LiveDrainer drainer = drainer("drainer-a");
    try (drainer) {
      cluster.announce("n1");
      soon("an eviction", () -> cluster.evictions() == 1);
      awaitState("n1", MaintenanceState.DRAINING); // which is written beside the evictions
    }
    assertThat(cluster.leader()).isEmpty();
    assertThat(cluster.isCordoned("n1")).isTrue();
    assertThat(cluster.state("n1")).isEqualTo(MaintenanceState.DRAINING.word());
  }

  @Test
  @DisplayName("K47 the drainer notices by itself that its clock was set back: no wait grows by it")
  void triesAgainThoughItsClockWasSetBack() throws Exception {
    AtomicReference<Duration> step = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> InstantSource.system().instant().plus(step.get());
    cluster.web(1, Duration.ofMillis(200), "n1");
    cluster.server.with(
        it ->
            it.addBudget(
                "shop", "web", ModelBudget.Spec.maxUnavailable(Map.of("app", "web-n1"), "0")));
    try (LiveDrainer drainer = LiveDrainer.of(cluster.server, directory, "drainer-a", clock)) {
      soon("a leader", drainer::isLeading);
      cluster.announce("n1");
      soon("a refused eviction", () -> cluster.evictions() == 1);
      step.set(Duration.ofHours(-1));
      cluster.server.with(
          it -> {
            it.deleteBudget("shop", "web");
            return it;
          });
      awaitState("n1", MaintenanceState.DRAINED);
    }
  }

  @Test
  void sigtermEndsTheProcessWithinFiveSeconds() throws Exception {
    cluster.web(1, Duration.ofMinutes(5), "n1");
    cluster.announce("n1");
    Process process = process(LiveDrainer.configuration(cluster.server, directory, "drainer-p"));
    try {
      soon("an eviction", () -> cluster.evictions() == 1);
      awaitState("n1", MaintenanceState.DRAINING);
      assertThat(cluster.leader()).startsWith("drainer-p/");
      process.destroy();
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(cluster.leader()).isEmpty();
    assertThat(cluster.isCordoned("n1")).isTrue();
    assertThat(cluster.state("n1")).isEqualTo(MaintenanceState.DRAINING.word());
  }

  /** A JVM with the class path of this one. */
  private static Process process(Path configuration) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Drainwatch.class.getName(),
            "drainer",
            "--config",
            configuration.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void tellsHowItFaresAndTakesNoCommand() throws Exception {
    try (LiveDrainer drainer = drainer("drainer-a")) {
      soon("ready", () -> drainer.status("/health/readiness") == 200);
      assertThat(drainer.status("/health/liveness")).isEqualTo(200);
      assertThat(drainer.ask("GET", "/prometheus").headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(drainer.status("/maintenance")).isEqualTo(404);
      assertThat(drainer.ask("POST", "/maintenance/drain").statusCode()).isEqualTo(401);
    }
  }
}
