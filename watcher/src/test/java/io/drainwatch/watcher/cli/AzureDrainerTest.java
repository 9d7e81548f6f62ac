package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.watcher.azure.AzureSamples;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.PlayedAzure;
import io.drainwatch.watcher.azure.ResourceId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drainer's process asks Azure after the VM of a Node that does not come back. */
@Timeout(90)
class AzureDrainerTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final DrainedCluster cluster = new DrainedCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void asksAfterTheVmAndSaysInItsMetricsWhatCameOfIt() throws Exception {
    PlayedAzure azure =
        new PlayedAzure()
            .with(
                AzureSamples.powered(
                    ResourceId.vm("s", "r", "vm-n1"), AzureVm.Power.STOPPED, "Succeeded"));
    try (LiveDrainer drainer = LiveDrainer.asking(azure, cluster.server, directory)) {
      cluster.announce("n1");
      await()
          .atMost(LIMIT)
          .until(() -> cluster.state("n1").equals(MaintenanceState.DRAINED.word()));
      cluster.start("n1");
      cluster.server.with(
          it -> {
            it.notReady("n1");
            return it;
          });

      await()
          .atMost(LIMIT)
          .until(() -> drainer.metric("drainwatch_vm_answers_total{fate=\"stopped\"}") >= 1);
      await()
          .atMost(LIMIT)
          .until(() -> drainer.metric("drainwatch_vms_away{fate=\"stopped\"}") == 1);
      await().atMost(LIMIT).until(() -> cluster.record("n1").progress().fate().isPresent());
      assertThat(drainer.metric("drainwatch_invariant_violations_total")).isZero();
    }
  }
}
