package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QuartzThreadsTest {

  // one that could not be made later would be the end of all polls
  @Test
  void areThereBeforeThereIsWork() throws Exception {
    Set<Thread> before = ours();
    QuartzThreads threads = new QuartzThreads();
    threads.initialize();
    Set<Thread> made = ours();
    made.removeAll(before);
    assertThat(made).hasSize(2);

    CountDownLatch both = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      threads.runInThread(
          () -> {
            both.countDown();
            try {
              both.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertThat(both.await(10, TimeUnit.SECONDS)).as("an alarm does not wait for a poll").isTrue();
    threads.shutdown(true);
    for (Thread each : made) {
      assertThat(each.join(Duration.ofSeconds(10))).as("%s ends", each).isTrue();
    }
  }

  @Test
  void turnsNoWorkAwayBecauseAThreadIsNotYetBackFromTheLast() throws Exception {
    QuartzThreads threads = new QuartzThreads();
    threads.initialize();
    int pieces = 50_000;
    CountDownLatch done = new CountDownLatch(pieces);
    for (int i = 0; i < pieces; i++) {
      assertThat(threads.runInThread(done::countDown)).isTrue();
    }
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();

    threads.shutdown(true);
    assertThat(threads.runInThread(done::countDown)).as("shut down").isFalse();
  }

  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("drainwatch-times-"))
        .collect(Collectors.toSet());
  }
}
