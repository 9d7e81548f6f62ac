package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that runs out of memory, with the launcher's flag for it. */
@Timeout(120)
class OutOfMemoryTest {
  private static final String FLAG = "-XX:+ExitOnOutOfMemoryError";

  @TempDir private Path directory;

  /** A daemon that takes all the memory there is as soon as somebody writes to it. */
  static final class Hungry {
    private Hungry() {}

    /** Arguments as {@link DaemonProcess}. */
    public static void main(String[] arguments) throws Exception {
      TestVm vm = TestVm.at(URI.create(arguments[0]), Path.of(arguments[1])).start();
      if (System.in.read() >= 0) {
        // in a thread like the daemon's own: only the flag keeps it from living on without it
        Thread eater = Thread.ofVirtual().start(Hungry::eat);
        eater.join();
      }
      System.in.readAllBytes();
      vm.stop();
    }

    private static void eat() {
      List<byte[]> taken = new ArrayList<>();
      while (taken.size() < Integer.MAX_VALUE) {
        taken.add(new byte[1 << 20]);
      }
    }
  }

  private Process last;

  private Process start(String metadataService, ScriptFixtures scripts) throws Exception {
    last =
        DaemonProcess.java(
            List.of(FLAG),
            Hungry.class.getName(),
            metadataService,
            scripts.root().getParent().toString());
    return last;
  }

  @Test
  @DisplayName("K73 out of memory in mid-drain: the process ends at once, the next one goes on")
  void theNextProcessGoesOn() throws Exception {
    assertThat(Files.readString(Path.of("../drainwatch"))).contains(FLAG);
    try (KilledVm vm = new KilledVm(directory, this::start)) {
      vm.hold(Hook.DRAIN);
      String id =
          vm.simulator()
              .schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());
      vm.awaitBegin(Hook.DRAIN);
      long script = vm.pid(Hook.DRAIN);
      last.outputWriter().write("now\n");
      last.outputWriter().flush();
      assertThat(last.waitFor(30, TimeUnit.SECONDS)).as("it does not live on").isTrue();
      assertThat(last.exitValue()).isEqualTo(3);
      ProcessHandle.of(script).ifPresent(ProcessHandle::destroyForcibly);
      vm.letGo(Hook.DRAIN);

      vm.startAgain();
      vm.awaitAccepted();
      vm.simulator().startNow(id);
      vm.awaitSuccess(Hook.STARTED);
      vm.simulator().endNow(id);
      vm.awaitOver();
      assertThat(vm.posts()).containsExactly(id);
      assertThat(vm.history()).hasSize(1);
    }
  }
}
