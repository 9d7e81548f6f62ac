package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.Drainwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * SIGTERM at any moment of a start: {@code drainwatch run} is gone within 5 s, and its scripts with
 * it. The machine is slow, so that the start takes many seconds.
 */
@Timeout(180)
class StopTest {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
  private static final String OF_THE_SERVER = "io.netty.channel.socket.nio.NioServerSocketChannel ";

  private final RunPlace place = RunPlace.find();

  @AfterEach
  void delete() throws Exception {
    place.delete();
  }

  private static Process slowRun(String metadataService, ScriptFixtures scripts) throws Exception {
    return DaemonProcess.slowJava(
        List.of("-Xint", "-Xlog:class+load:file=" + loaded(scripts.root())),
        Drainwatch.class.getName(),
        "run",
        "--config",
        RunPlace.configuration(metadataService, scripts).toString());
  }

  private static Path loaded(Path root) {
    return root.resolve("loaded.log");
  }

  @Test
  void isGoneWithinFiveSecondsAlthoughItHasOnlyBegunToStart() throws Exception {
    try (KilledVm vm = new KilledVm(place.directory(), StopTest::slowRun)) {
      assertThat(vm.terminate()).isLessThan(LONGEST_STOP);
      assertThat(vm.diary()).as("no script was begun").isEmpty();
    }
  }

  @Test
  void endsTheScriptsThatRunBeforeTheServerIsThere() throws Exception {
    try (KilledVm vm = new KilledVm(place.directory(), StopTest::slowRun)) {
      vm.hold(Hook.SCHEDULED);
      vm.simulator().schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());
      vm.awaitBegin(Hook.SCHEDULED);
      Path loaded = loaded(place.directory().resolve("scripts"));
      assertThat(loaded).content().as("nobody has asked for it").doesNotContain(OF_THE_SERVER);
      long script = vm.pid(Hook.SCHEDULED);

      assertThat(vm.terminate()).isLessThan(LONGEST_STOP);

      Awaitility.await()
          .atMost(Duration.ofSeconds(2))
          .until(() -> ProcessHandle.of(script).filter(ProcessHandle::isAlive).isEmpty());
      assertThat(loaded).content().doesNotContain(OF_THE_SERVER);
    }
  }
}
