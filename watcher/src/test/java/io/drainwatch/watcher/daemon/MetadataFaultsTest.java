package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A metadata service that fails in the middle of a maintenance does nothing to it (I10). */
@Timeout(60)
class MetadataFaultsTest {
  private static final int POLLS = 2;

  /** Seconds are waited after some of these: each has a VM of its own, all at the same time. */
  private static final Map<String, Fault> FAULTS =
      Map.ofEntries(
          Map.entry("400", status(400)),
          Map.entry("404", status(404)),
          Map.entry("405", status(405)),
          Map.entry("410", status(410)),
          Map.entry("429", status(429)),
          Map.entry("500", status(500)),
          Map.entry("503", status(503)),
          Map.entry("an empty body", new Fault.EmptyBody()),
          Map.entry("a page", new Fault.Html()),
          Map.entry("half a document", new Fault.TruncatedJson()),
          Map.entry("Events: null", new Fault.NullEvents()),
          Map.entry("a closed connection", new Fault.ConnectionClosed()),
          Map.entry("a body cut off", new Fault.CutOffBody()),
          Map.entry("an answer too late", new Fault.SlowAnswer(Duration.ofMillis(800))));

  private static final ExecutorService AT_THE_SAME_TIME =
      Executors.newFixedThreadPool(FAULTS.size());
  private static final Map<String, Future<?>> RUNS = new HashMap<>();

  @TempDir private static Path directory;

  static List<String> faults() {
    return FAULTS.keySet().stream().sorted().toList();
  }

  @BeforeAll
  static void begin() {
    for (String name : faults()) {
      Path place = directory.resolve(name.replaceAll("\\W", "-"));
      RUNS.put(
          name,
          AT_THE_SAME_TIME.submit(
              () -> failuresAreNoNews(Files.createDirectory(place), FAULTS.get(name))));
    }
  }

  @AfterAll
  static void end() {
    AT_THE_SAME_TIME.shutdownNow();
  }

  /** Asks for the next poll soon: how long to wait otherwise is the client's affair. */
  private static Fault status(int code) {
    return new Fault.Status(code, Optional.of(Duration.ZERO));
  }

  @ParameterizedTest(name = "{0}, in every state for several polls")
  @MethodSource("faults")
  void failuresAreNoNews(String fault) throws Exception {
    RUNS.get(fault).get();
  }

  private static Void failuresAreNoNews(Path directory, Fault fault) {
    try (TestVm vm = TestVm.in(directory)) {
      String waits = "; until [ -e $1 ]; do sleep 0.02; done";
      // a machine that does other things beside is slow: no answer but that one comes too late
      boolean isLate = fault instanceof Fault.SlowAnswer;
      if (isLate) {
        vm.patience(Duration.ofMillis(500));
      }
      vm.hook(Hook.DRAIN, "10-a", "echo drain" + waits)
          .hook(Hook.STARTED, "10-a", "echo started" + waits)
          .hook(Hook.RUNNING, "10-a", "echo running" + waits)
          .start();
      vm.seen().awaitPolls(1);

      String id = vm.publish(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(5)));
      vm.seen().await("said drain/10-a: drain");
      nothingHappens(vm, fault);
      vm.put("drain");
      vm.seen().await("notify ACKNOWLEDGED");
      nothingHappens(vm, fault);
      vm.simulator().startNow(id);
      vm.seen().await("said started/10-a: started");
      nothingHappens(vm, fault);
      vm.put("started");
      vm.seen().await("end started/10-a #1: 0");
      nothingHappens(vm, fault);
      vm.simulator().endNow(id);
      vm.seen().await("said running/10-a: running");
      nothingHappens(vm, fault);
      vm.put("running");
      vm.seen().await("over");

      assertThat(vm.seen().lines("state"))
          .containsExactly(
              "state MaintenanceScheduled",
              "state Cordoned",
              "state Draining",
              "state Drained",
              "state MaintenanceStarted",
              "state Running",
              "state Uncordoned");
      assertThat(vm.seen().lines("summary")).containsExactly("summary RETURNED, drain COMPLETE");
      assertThat(vm.seen().lines("start")).as("each script once").hasSize(3);
      if (isLate && vm.seen().lines("ack").contains("ack " + id + " #1: unclear")) {
        assertThat(vm.posts()).as("whose own answer was late").containsExactly(id, id);
      } else {
        assertThat(vm.posts()).containsExactly(id);
      }
      return null;
    }
  }

  private static void nothingHappens(TestVm vm, Fault fault) {
    vm.seen().awaitPolls(1); // what the last change brought is folded
    List<String> before = vm.seen().lines();
    PlannedFault planned = PlannedFault.nextPolls(1_000, fault);
    vm.simulator().setFault(planned);
    vm.seen().awaitPolls(POLLS);
    assertThat(vm.seen().lines()).isEqualTo(before);
    vm.simulator().clearFaults();
    vm.seen().awaitPolls(1);
  }

  @Test
  void drainsToTheEndAlthoughTheServiceIsGone(@TempDir Path place) {
    try (TestVm vm = TestVm.in(place)) {
      vm.hook(Hook.DRAIN, "10-a", "echo drain; until [ -e go ]; do sleep 0.02; done").start();
      String id = vm.publish("Reboot");
      vm.seen().await("said drain/10-a: drain");

      vm.simulator().setFault(PlannedFault.nextPolls(1_000, status(500)));
      vm.seen().awaitPolls(2);
      vm.put("go");
      vm.seen().await("ack " + id + " #1: accepted");
      vm.simulator().clearFaults();
      vm.endOnceStarted(id);

      assertThat(vm.seen().lines("summary")).containsExactly("summary RETURNED, drain COMPLETE");
    }
  }

  @Test
  void waitsForTheServiceToTellWhoItIs(@TempDir Path place) {
    try (TestVm vm = TestVm.in(place)) {
      vm.simulator()
          .setFault(
              PlannedFault.nextPolls(1, new Fault.ConnectionClosed())
                  .on(PlannedFault.Target.INSTANCE));
      String id = vm.publish("Reboot");
      vm.start();

      vm.endOnceStarted(id);
      assertThat(vm.seen().summaries().getFirst().vmName()).isEqualTo(TestVm.NAME);
    }
  }
}
