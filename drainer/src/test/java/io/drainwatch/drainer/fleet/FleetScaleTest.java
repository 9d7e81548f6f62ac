package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Issue 4, "Speed and scale": 5,000 Nodes and 1,000 open maintenances, less deep. */
@Isolated("measures the heap of the JVM")
class FleetScaleTest {
  private static final int NODES = Integer.getInteger("fleet.nodes", 1_000);
  private static final int OPEN = Integer.getInteger("fleet.open", 200);

  @Test
  void aQuietNodeCostsNoFoldAndAnOpenOneLittle() {
    FleetRun run = new FleetRun();
    for (int i = 0; i < NODES; i++) {
      run.cluster.addNode("n" + i);
      run.tell("n" + i, run.note("n" + i));
    }
    Fleet fleet = run.leading(FleetRun.settings());
    run.pass(Duration.ofSeconds(1));
    assertThat(fleet.openFolds()).isZero();
    for (int i = 0; i < OPEN; i++) {
      run.reboots("n" + i, "e" + i);
      if (i % 10 == 9) {
        run.pass(Duration.ofMillis(10));
      }
    }
    run.pass(Duration.ofSeconds(20));
    assertThat(fleet.openFolds()).isEqualTo(OPEN);
    assertThat(run.is("n" + (OPEN - 1), MaintenanceState.DRAINED)).isTrue();
    assertThat(run.isCordoned("n" + OPEN)).isFalse();
    run.api.forgetRequests();
    assertThat(run.violations).isEmpty();
    long heap = heapInMiB();
    assertThat(fleet.isLeading()).isTrue(); // and so all of it is still reachable
    assertThat(heap).as("with the model").isLessThan(256);
    LoggerFactory.getLogger(FleetScaleTest.class).info("{} MiB with the model", heap);
  }

  private static long heapInMiB() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
