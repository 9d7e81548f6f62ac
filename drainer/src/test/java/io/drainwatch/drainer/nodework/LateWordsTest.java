package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Rules;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The core and the work on its Node hear of each other a while later: threads of their own. */
class LateWordsTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));
  private static final ScheduledEvent REDEPLOY =
      NodeRig.event("B", "Redeploy", Duration.ofMinutes(10));

  private NodeRig rig = new NodeRig();

  private boolean isCordoned() {
    return rig.node().facts().unschedulable();
  }

  @Test
  @DisplayName("that a person uncordoned, said late, says nothing of the next episode's cordon")
  void takesAWordOfTheLastEpisodeForNoneOfTheNext() {
    rig.platform(REBOOT);
    rig.start().run("4S");
    Episode held = rig.episode().orElseThrow();
    rig.cluster.cordon(NodeRig.NODE, false);
    rig.run("1S");
    assertThat(rig.episode().orElseThrow().held()).isPresent();
    rig.platform(REBOOT, REDEPLOY);
    rig.run("2S");
    assertThat(rig.episode().orElseThrow().id()).as("overtaken").isNotEqualTo(held.id());
    assertThat(isCordoned()).isTrue();
    rig.core(new Observation.ForeignUncordon(held.id())); // of which there may have been several
    rig.run("1S");
    assertThat(rig.episode().orElseThrow().held()).as("nobody touched this cordon").isEmpty();
    rig.platform();
    rig.run("5M");
    assertThat(isCordoned()).as("ours to undo (history 1308)").isFalse();
    assertThat(rig.episode()).isEmpty();
  }

  @Test
  @DisplayName("I1 on a Node that was made anew no record says drained before the core was heard")
  void callsNothingDrainedOnAnotherNode() {
    rig =
        new NodeRig(
            NodeSettings.defaults("watcher-1"),
            Rules.settings(Rules.forType("Reboot").acknowledging(AcknowledgeWhen.NEVER)));
    rig.platform(REBOOT);
    rig.lag = () -> Duration.ofSeconds(2);
    rig.start();
    while (rig.episode().filter(each -> each.drain().isComplete()).isEmpty()) {
      rig.run("0.1S");
    }
    NodeSuccessionTest.madeAnew(rig);
    rig.onlooker =
        () ->
            assertThat(rig.annotation(NodeKeys.RECORD).orElse(""))
                .as("before it was looked at")
                .doesNotContain("\"drained\"");
    rig.run("6S");
    rig.onlooker = () -> {};
    rig.run("1M");
    assertThat(rig.annotation(NodeKeys.RECORD).orElse("")).contains("\"drained\"");
    assertThat(isCordoned()).isTrue();
  }

  @Test
  @DisplayName("I1 a Node made anew is drained though the core heard first that the old one was")
  void drainsTheNodeThatIsThereWhenTheCoreHeardOfAnother() {
    rig.platform(REBOOT);
    rig.start().run("3S");
    rig.lag = () -> Duration.ofMillis(1_500);
    while (!rig.state().isSeenEmpty()) {
      rig.run("0.1S");
    }
    assertThat(rig.episode().orElseThrow().drain().isOpen()).as("not heard yet").isTrue();
    NodeSuccessionTest.madeAnew(rig);
    rig.onlooker =
        () -> {
          boolean isCalledDrained =
              rig.annotation(NodeKeys.RECORD).filter(it -> it.contains("\"drained\"")).isPresent();
          if (isCalledDrained || !rig.acknowledged.isEmpty()) {
            assertThat(isCordoned()).as("every way, agent, life").isTrue();
          }
        };
    rig.run("30S");
    assertThat(rig.acknowledged).containsExactly("A");
    assertThat(isCordoned()).isTrue();
  }
}
