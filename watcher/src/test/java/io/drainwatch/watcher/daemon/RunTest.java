package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.Drainwatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same with all there is: {@code drainwatch run} with a configuration, the real checks. */
@Timeout(120)
class RunTest {
  private final RunPlace place = RunPlace.find();

  @AfterEach
  void delete() throws Exception {
    place.delete();
  }

  @Test
  void goesOnAfterTermAndAfterKill() throws Exception {
    try (KilledVm vm = new KilledVm(place.directory(), RunTest::run)) {
      vm.hold(Hook.DRAIN);
      vm.hold(Hook.RUNNING);
      String id =
          vm.simulator()
              .schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());

      vm.awaitBegin(Hook.DRAIN);
      assertThat(vm.terminate()).isLessThan(Duration.ofSeconds(5));
      vm.letGo(Hook.DRAIN);
      vm.startAgain();
      vm.awaitAccepted();
      vm.simulator().startNow(id);
      vm.awaitSuccess(Hook.STARTED);
      vm.simulator().endNow(id);
      vm.killIn(Hook.RUNNING);
      vm.startAgain();
      vm.awaitOver();

      String episode = id + "/" + TestVm.NAME;
      assertThat(vm.diary())
          .contains(
              "end drain/10-a " + episode + " 1",
              "end drain/20-b " + episode + " 2",
              "end running/20-b " + episode + " 2",
              "end uncordon/20-b " + episode + " 1")
          .doesNotContain("begin drain/10-a " + episode + " 2")
          .doesNotContain("end drain/20-b " + episode + " 1");
      assertThat(vm.posts()).containsExactly(id);
      assertThat(vm.history())
          .singleElement()
          .satisfies(summary -> assertThat(summary.path("ending").asText()).isEqualTo("RETURNED"));
    }
  }

  private static Process run(String metadataService, ScriptFixtures scripts) throws Exception {
    return DaemonProcess.java(
        List.of(),
        Drainwatch.class.getName(),
        "run",
        "--config",
        RunPlace.configuration(metadataService, scripts).toString());
  }
}
