package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.record.StateView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One daemon, many maintenances: what it takes it gives back. */
@Timeout(120)
class LeakTest {
  private static final int EVENTS = 100;
  private static final int WARM_UP = 10;

  @Test
  void keepsNoThreadNoDescriptorAndNoChild(@TempDir Path directory) throws Exception {
    try (TestVm vm = TestVm.in(directory)) {
      vm.pollEvery(Duration.ofMillis(5)).hook(Hook.DRAIN, "10-a", "echo a").start();
      for (int i = 0; i < WARM_UP; i++) {
        maintain(vm, i);
      }
      int threads = Thread.getAllStackTraces().size();
      int descriptors = Processes.descriptors();

      for (int i = WARM_UP; i < EVENTS; i++) {
        maintain(vm, i);
      }

      // a thread or a connection may be in the middle of something
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(Thread.getAllStackTraces()).hasSizeLessThanOrEqualTo(threads + 3);
                assertThat(Processes.descriptors()).isLessThanOrEqualTo(descriptors + 8);
                assertThat(Processes.running()).isEmpty();
              });
      assertThat(vm.posts()).hasSize(EVENTS).doesNotHaveDuplicates();
      assertThat(vm.seen().lines("end drain/10-a #1: 0")).hasSize(EVENTS);
      assertThat(StateView.of(vm.state()).history(EVENTS)).hasSize(EVENTS);
      assertThat(Files.size(vm.state().resolve("journal.jsonl"))).isLessThan(2 << 20);
      try (var contexts = Files.list(vm.state().resolve("context"))) {
        assertThat(contexts).as("one file for each script").hasSizeLessThanOrEqualTo(1);
      }
    }
  }

  private static void maintain(TestVm vm, int before) {
    String id = vm.publish("Reboot");
    vm.seen().await("state MaintenanceStarted", before + 1);
    vm.simulator().endNow(id);
    vm.seen().await("over", before + 1);
  }

  @Test
  void aDaemonThatStopsLeavesNothing(@TempDir Path directory) {
    try (TestVm vm = TestVm.in(directory)) {
      vm.start();
      vm.seen().awaitPolls(2);
      vm.stop();
      int threads = Thread.getAllStackTraces().size();
      int descriptors = Processes.descriptors();

      for (int i = 0; i < 5; i++) {
        vm.start();
        vm.seen().awaitPolls(2);
        vm.stop();
      }

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(Thread.getAllStackTraces()).hasSizeLessThanOrEqualTo(threads + 1);
                assertThat(Processes.descriptors()).isLessThanOrEqualTo(descriptors + 2);
              });
    }
  }
}
