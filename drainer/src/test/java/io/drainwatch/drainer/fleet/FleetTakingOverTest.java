package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.drainsafe.DrainSafeAnnotations;
import io.drainwatch.drainer.drainsafe.DrainSafeCompat;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code compat.drainsafe: read} in form controller. */
class FleetTakingOverTest {
  private final FleetRun run = new FleetRun().nodes("n1", "n2");

  @AfterEach
  void noInvariantIsBroken() {
    assertThat(run.violations).isEmpty();
  }

  @BeforeEach
  void leads() {
    NodeSettings settings =
        NodeSettings.defaults("drainer-a")
            .withDrainSafe(new DrainSafeCompat(DrainSafeMode.READ, false));
    run.drainer(
            new NodeWork(settings, Policy.defaults()), FleetRun.settings().with(DrainSafeMode.READ))
        .start();
  }

  private void left(String node, String state, String owner) {
    run.cluster.cordon(node, true);
    run.cluster.annotate(node, DrainSafeAnnotations.TYPE_KEY, "Reboot");
    run.cluster.annotate(node, DrainSafeAnnotations.OWNER_KEY, owner);
    run.cluster.annotate(node, DrainSafeAnnotations.STATE_KEY, state);
  }

  @Test
  @DisplayName("DS01 DS02 what DrainSafe had cordoned is given back once no event stands")
  void givesBackWhatDrainSafeCordoned() {
    left("n1", "MaintenanceStarted", "Drainsafe");
    left("n2", "NodeRunning", "Drainsafe");
    run.pass(Duration.ofMinutes(2));
    assertThat(run.isCordoned("n1")).as("nobody tells of its events yet").isTrue();
    run.tell("n1", run.note("n1").missing("e0"));
    run.tell("n2", run.note("n2"));
    run.pass(Duration.ofMinutes(7));
    assertThat(run.isCordoned("n1")).as("an event may have been lost for a moment").isTrue();
    run.tell("n1", run.note("n1").missing("e0").gone("e0"));
    run.pass(Duration.ofMinutes(7));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.isCordoned("n2")).as("the owner was stale").isTrue();
    assertThat(run.summaries).containsExactly("n1 returned");
    assertThat(run.cluster.node("n1").annotations()).containsKey(NodeKeys.LAST);
  }

  @Test
  @DisplayName("what only conditions tell of takes the place of what DrainSafe had begun, and ends")
  void endsWithTheConditionsEvent() {
    left("n1", "NodeDraining", "Drainsafe");
    run.tell("n1", run.note("n1").health(Health.DEGRADED));
    run.pass(Duration.ofSeconds(10));
    Note announced =
        run.note("n1").health(Health.DEGRADED).condition("c1", "Reboot", Duration.ofMinutes(15));
    run.tell("n1", announced);
    run.pass(Duration.ofSeconds(30));
    assertThat(run.is("n1", MaintenanceState.DRAINED)).isTrue();
    run.tell("n1", run.note("n1").health(Health.DEGRADED).missing("c1").gone("c1"));
    run.pass(Duration.ofMinutes(7));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.summaries).hasSize(1);
  }

  @Test
  @DisplayName("DS01 a maintenance that DrainSafe saw start lasts as long as its event stands")
  void staysCordonedWhileTheEventStands() {
    left("n1", "MaintenanceStarted", "Drainsafe");
    run.tell("n1", run.note("n1").started("e1", "Reboot"));
    run.pass(Duration.ofMinutes(10));
    assertThat(run.isCordoned("n1")).isTrue();
    assertThat(run.is("n1", MaintenanceState.MAINTENANCE_STARTED)).isTrue();
    assertThat(run.record("n1").orElseThrow().did().cordon()).isTrue();
    run.tell("n1", run.note("n1").missing("e1"));
    run.pass(Duration.ofSeconds(2));
    run.tell("n1", run.note("n1").gone("e1"));
    run.pass(Duration.ofMinutes(7));
    assertThat(run.isCordoned("n1")).isFalse();
    assertThat(run.summaries).containsExactly("n1 returned");
  }

  @Test
  @DisplayName("DS06 what DrainSafe had begun is drained to its end and allowed for its own event")
  void drainsForTheEventThatStands() {
    left("n1", "NodeDraining", "Drainsafe");
    run.cluster.replicaSet("shop", "web", 2, pod -> {}, "n1");
    run.reboots("n1", "e1");
    run.pass(Duration.ofMinutes(1));
    assertThat(run.cluster.podsOn("n1")).isEmpty();
    assertThat(run.record("n1").orElseThrow().drain().ackable()).containsExactly("e1");
  }
}
