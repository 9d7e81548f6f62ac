package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drain of 50 jobs costs the daemon less than 20 MiB, and no thread for a script that waits. Here
 * of the heap; the benchmark ({@code -Dbench.only=jobs}) judges the whole process.
 */
@Timeout(120)
class FiftyDrainsTest {
  private static final int JOBS = 50;
  private static final long BOUND = 20L << 20;

  /** Of the daemon itself, whatever the number of jobs. */
  private static final int A_FEW = 5;

  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  @DisplayName("50 drains that run: no thread of ours for each, less than 20 MiB")
  void manyThatRun() {
    Cost cost = costOf("until [ -e go ]; do sleep 0.5; done; echo 0", "start drain");
    assertThat(cost.threads()).hasSizeLessThan(A_FEW);
    assertThat(cost.heap()).isLessThan(BOUND);
    vm.put("go");
    vm.seen().await("state Drained");
  }

  @Test
  @DisplayName("50 drains that wait to be asked again: no thread for any, less than 20 MiB")
  void manyThatWait() {
    Cost cost = costOf("[ \"$1\" = job_check_status ] && echo 0 || echo -6", "end drain");
    assertThat(cost.threads()).hasSizeLessThan(A_FEW);
    assertThat(cost.heap()).isLessThan(BOUND);
    assertThat(vm.seen().lines("start drain")).as("none is asked again yet").hasSize(JOBS);
    vm.seen().await("state Drained");
    assertThat(vm.seen().lines("start drain")).hasSize(2 * JOBS);
  }

  /**
   * What came on top.
   *
   * @param threads by name, less the JDK's own small one per process, which whoever starts it has
   */
  private record Cost(List<String> threads, long heap) {}

  private Cost costOf(String drain, String inTheMiddle) {
    for (int job = 0; job < JOBS; job++) {
      vm.job("job-" + job, "drain", drain);
    }
    vm.start();
    vm.seen().awaitPolls(3);
    Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
    long heap = heap();
    vm.publish("Reboot");
    vm.seen().await(inTheMiddle, JOBS);
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .map(Thread::getName)
            .filter(name -> !name.startsWith("process reaper"))
            .toList();
    return new Cost(threads, heap() - heap);
  }

  private static long heap() {
    System.gc(); // what is left is held by somebody
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
