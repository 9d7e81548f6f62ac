package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A drain of many jobs costs no thread of the platform for each of them, and little memory. */
@Timeout(120)
@Isolated("counts threads of the JVM and measures its heap")
class ManyJobsTest {

  private static final int JOBS = 50;

  /** Of the heap, for all of them. */
  private static final long BOUND = 20L << 20;

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
    bosh.deadline = bosh.clock.instant().plus(Duration.ofMinutes(2));
  }

  @Test
  @DisplayName("50 drains that wait inside: one thread reads for all of them")
  void scriptsThatRun() throws Exception {
    for (int i = 0; i < JOBS; i++) {
      bosh.fifo("go-" + i);
      bosh.drain("job-" + i, "echo ready >&2; read x < go-" + i + "; echo 0");
    }
    Set<Thread> before = platformThreads();
    long heap = heap();
    CompletableFuture<ParallelResult> result = inBackground(bosh.drains());
    bosh.awaitLines("ready", JOBS);

    assertThat(platformThreads().stream().filter(it -> !before.contains(it)).map(Thread::getName))
        // the JDK has one small thread per process of its own, whoever starts it
        .filteredOn(name -> !name.startsWith("process reaper"))
        .hasSizeLessThan(JOBS / 3);
    assertThat(heap() - heap).isLessThan(BOUND);

    for (int i = 0; i < JOBS; i++) {
      bosh.release("go-" + i);
    }
    assertThat(result.join().failure()).isEmpty();
    assertThat(result.join().jobs()).hasSize(JOBS);
  }

  @Test
  @DisplayName("50 drains that wait to be asked again: no thread at all for them")
  void scriptsThatAreAwaited() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    bosh.pause = (_, _) -> go.await();
    for (int i = 0; i < JOBS; i++) {
      bosh.drain("job-" + i, "[ -e again-" + i + " ] && echo 0 || echo -1; touch again-" + i);
    }
    Set<Thread> before = platformThreads();
    long heap = heap();
    CompletableFuture<ParallelResult> result = inBackground(bosh.drains());
    bosh.awaitTold(ScriptReport.Waits.class, JOBS);

    assertThat(platformThreads().stream().filter(it -> !before.contains(it)).map(Thread::getName))
        .filteredOn(name -> !name.startsWith("process reaper")) // idle, gone after a minute
        .hasSizeLessThan(JOBS / 3);
    assertThat(heap() - heap).isLessThan(BOUND);

    go.countDown();
    assertThat(result.join().failure()).isEmpty();
  }

  private static long heap() {
    System.gc(); // what is left is held by somebody
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Set<Thread> platformThreads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private static CompletableFuture<ParallelResult> inBackground(ParallelRun run) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run.run();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
