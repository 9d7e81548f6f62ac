package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one look at a Node tells of its watcher's note and of its cordon counts together. */
class UncordonedMeanwhileTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2");

  @Test
  @DisplayName("L5 I2 nobody is evicted by an order that comes with the news of a foreign uncordon")
  void evictsNobodyWhereTheSameLookShowsThatSomebodyUncordoned() {
    run.cluster.add(new PodFields("shop", "web").on("n1"));
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(2)); // cordoned, and not settled yet
    assertThat(run.isCordoned("n1")).isTrue();
    Note urgent =
        run.note("n1")
            .event("e1", "Reboot", FleetRun.NOON.plus(Duration.ofMinutes(15)))
            .event("e2", "Preempt", run.cluster.now().plusSeconds(30));
    ObjectNode both = new ObjectMapper().createObjectNode();
    both.putObject("spec").put("unschedulable", false);
    both.putObject("metadata")
        .putObject("annotations")
        .put(NodeKeys.OBSERVATION, ObservationJson.write(urgent.note()));
    run.cluster.patchNode("n1", both, true);
    run.pass(Duration.ofSeconds(10));
    assertThat(run.evictions()).isEmpty();
    assertThat(run.cluster.podsOn("n1")).hasSize(1);
  }
}
