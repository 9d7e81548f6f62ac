package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One event hits the Nodes of a large cluster in the same second. */
class ManyNodesAtOnceTest {
  private static final int NODES = 150;

  @Test
  @DisplayName(
      "L9 so many requests about Nodes are under way, the others wait in line and are sent")
  void waitInLineForTheApiServer() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(FabricCluster.MOST_AT_ONCE);
    AtomicInteger under = new AtomicInteger();
    try (ApiDouble api = new ApiDouble();
        FabricCluster cluster = Fixture.cluster(api, Duration.ofSeconds(30), Fixture.QUICK)) {
      api.when(
          "GET",
          socket -> {
            under.incrementAndGet();
            arrived.countDown();
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            ApiDouble.json(503, "{}").to(socket);
          });
      List<Thread> asking = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        String node = "n" + i;
        asking.add(Thread.ofVirtual().start(() -> cluster.readNode(node)));
      }
      assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!asking.stream().allMatch(ManyNodesAtOnceTest::waits)) {
        assertThat(System.nanoTime()).isLessThan(until);
        Thread.yield();
      }
      assertThat(under).hasValue(FabricCluster.MOST_AT_ONCE);
      gate.countDown();
      for (Thread thread : asking) {
        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
      }
      assertThat(under).hasValue(NODES);
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }
}
