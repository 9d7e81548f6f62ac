package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.simulator.platform.Fault.ConnectionClosed;
import io.drainwatch.watcher.simulator.platform.Fault.SlowAnswer;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The daemon's process is killed and started again: the maintenance ends as if nothing had happened
 * (reliability.md, L3).
 */
@Timeout(120)
class KillTest {

  /** When it is killed. */
  enum Point {
    BEFORE_THE_DRAIN,
    DURING_A_SCRIPT,
    BETWEEN_HOOKS,
    DRAINED_BEFORE_THE_POST,
    AFTER_THE_POST,
    IN_MAINTENANCE_STARTED,
    IN_RUNNING,
    IN_UNCORDON
  }

  private static final List<Hook> HOOKS =
      List.of(
          Hook.SCHEDULED,
          Hook.CORDON,
          Hook.PRE_STOP,
          Hook.DRAIN,
          Hook.POST_STOP,
          Hook.STARTED,
          Hook.PRE_START,
          Hook.RUNNING,
          Hook.POST_START,
          Hook.UNCORDON);

  @TempDir private static Path directory;

  /** A JVM takes its time to start: several at once. */
  private static SideBySide<Point> runs;

  @BeforeAll
  static void begin() {
    runs = SideBySide.begin(Point.class, 3, directory, KillTest::endsAsIfNothingHadHappened);
  }

  @AfterAll
  static void end() {
    runs.close();
  }

  @ParameterizedTest(name = "DS08 killed {0}: the end is the same")
  @EnumSource(Point.class)
  void endsAsIfNothingHadHappened(Point point) throws Exception {
    runs.isThrough(point);
  }

  private static void endsAsIfNothingHadHappened(Path place, Point point) throws Exception {
    try (KilledVm vm = new KilledVm(place, DaemonProcess::start)) {
      String id = live(vm, point);

      String episode = id + "/" + TestVm.NAME;
      List<String> repeated = repeatedAt(point);
      assertThat(ends(vm)).containsExactlyInAnyOrderElementsOf(expectedEnds(episode, repeated));
      assertThat(vm.diary()).allSatisfy(line -> assertThat(line).contains(" " + episode + " "));
      assertThat(begins(vm))
          .as("what was finished is not called again")
          .hasSize(2 * HOOKS.size() + repeated.size());
      assertThat(vm.posts())
          .containsOnly(id)
          .hasSize(
              switch (point) {
                case DRAINED_BEFORE_THE_POST, AFTER_THE_POST -> 2;
                default -> 1;
              });
      assertThat(vm.history()).singleElement().satisfies(KillTest::isUsualSummary);
    }
  }

  private static String live(KilledVm vm, Point point) throws Exception {
    switch (point) {
      case BEFORE_THE_DRAIN -> vm.hold(Hook.CORDON);
      case DURING_A_SCRIPT -> vm.hold(Hook.DRAIN);
      case BETWEEN_HOOKS -> vm.hold(Hook.DRAIN);
      case DRAINED_BEFORE_THE_POST ->
          vm.simulator().setFault(PlannedFault.nextAcknowledgements(1, new ConnectionClosed()));
      case AFTER_THE_POST ->
          vm.simulator()
              .setFault(
                  PlannedFault.nextAcknowledgements(1, new SlowAnswer(Duration.ofMinutes(1))));
      case IN_MAINTENANCE_STARTED -> vm.hold(Hook.STARTED);
      case IN_RUNNING -> vm.hold(Hook.RUNNING);
      case IN_UNCORDON -> vm.hold(Hook.UNCORDON);
    }
    String id =
        vm.simulator()
            .schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());
    switch (point) {
      case BEFORE_THE_DRAIN -> {
        vm.awaitSuccess(Hook.SCHEDULED);
        killIn(vm, Hook.CORDON);
      }
      case DURING_A_SCRIPT -> killIn(vm, Hook.DRAIN);
      case BETWEEN_HOOKS -> {
        vm.killIn(Hook.DRAIN);
        vm.forget(Hook.DRAIN);
        vm.startAgain();
      }
      case DRAINED_BEFORE_THE_POST, AFTER_THE_POST -> {
        vm.awaitPosts(1);
        vm.kill();
        vm.startAgain();
      }
      case IN_MAINTENANCE_STARTED, IN_RUNNING, IN_UNCORDON -> {}
    }
    vm.awaitAccepted();
    vm.simulator().startNow(id);
    if (point == Point.IN_MAINTENANCE_STARTED) {
      killIn(vm, Hook.STARTED);
    }
    vm.awaitSuccess(Hook.STARTED);
    vm.simulator().endNow(id);
    if (point == Point.IN_RUNNING) {
      killIn(vm, Hook.RUNNING);
    }
    if (point == Point.IN_UNCORDON) {
      killIn(vm, Hook.UNCORDON);
    }
    vm.awaitOver();
    return id;
  }

  private static void killIn(KilledVm vm, Hook hook) throws Exception {
    vm.killIn(hook);
    vm.startAgain();
  }

  private static List<String> repeatedAt(Point point) {
    return switch (point) {
      case BETWEEN_HOOKS, DRAINED_BEFORE_THE_POST, AFTER_THE_POST -> List.of();
      case BEFORE_THE_DRAIN -> List.of("cordon/20-b");
      case DURING_A_SCRIPT -> List.of("drain/20-b");
      case IN_MAINTENANCE_STARTED -> List.of("started/20-b");
      case IN_RUNNING -> List.of("running/20-b");
      case IN_UNCORDON -> List.of("uncordon/20-b");
    };
  }

  private static List<String> expectedEnds(String episode, List<String> repeated) {
    List<String> ends = new ArrayList<>();
    for (Hook hook : HOOKS) {
      for (String script : List.of("10-a", "20-b")) {
        String name = hook.word() + "/" + script;
        ends.add("end " + name + " " + episode + " " + (repeated.contains(name) ? 2 : 1));
      }
    }
    return ends;
  }

  private static List<String> ends(KilledVm vm) throws Exception {
    return vm.diary().stream().filter(line -> line.startsWith("end ")).toList();
  }

  private static List<String> begins(KilledVm vm) throws Exception {
    return vm.diary().stream().filter(line -> line.startsWith("begin ")).toList();
  }

  private static void isUsualSummary(JsonNode summary) {
    assertThat(summary.path("ending").asText()).isEqualTo("RETURNED");
    assertThat(summary.path("drain").asText()).isEqualTo("COMPLETE");
    assertThat(summary.path("scriptsSucceeded").asInt()).isEqualTo(2 * HOOKS.size());
    assertThat(summary.path("scriptsFailed").asInt()).isZero();
    assertThat(summary.path("events").path(0).path("acknowledged").asBoolean()).isTrue();
  }
}
