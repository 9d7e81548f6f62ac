package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.pods.PodOption;
import io.drainwatch.drainer.pods.PodRules;
import io.drainwatch.drainer.pods.VolumeKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** VolumeAttachments (kubernetes-drain.md 7 and 12): read by option only. */
class DetachingTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private static NodeRig rig(PodOption... options) {
    NodeSettings usual = NodeSettings.defaults("watcher-1");
    PodRules rules =
        new PodRules(
            List.of(), Set.of(options), Duration.ofMinutes(1), PodRules.DEFAULT_DETACH_TIMEOUT);
    return new NodeRig(usual.withPods(rules), LifecycleSettings.defaults());
  }

  private static void disk(NodeRig rig, String name) {
    rig.cluster.add(new PodFields("shop", name).on(NodeRig.NODE).volume("data", VolumeKind.CLAIM));
    rig.cluster.attach("att-" + name, NodeRig.NODE, "pv-" + name);
  }

  private static boolean isGone(NodeRig rig, String name) {
    return rig.cluster.findPod("shop", name).isEmpty();
  }

  private static List<ModelRequest> lists(NodeRig rig) {
    return rig.api.requests(Verb.OTHER);
  }

  @Test
  @DisplayName("fence 3: drained is only what has no volume attached any more")
  void isNotDrainedWhileVolumesAreAttached() {
    NodeRig rig = rig(PodOption.WAIT_FOR_DETACH);
    disk(rig, "db");
    rig.platform(REBOOT);
    rig.start().run("60S");
    assertThat(isGone(rig, "db")).isTrue();
    assertThat(rig.stateWord()).isEqualTo("Draining");
    assertThat(rig.annotation("drainwatch.io/maintenance").orElse("")).contains("detaching");
    assertThat(rig.acknowledged).isEmpty();
    assertThat(
            rig.node().facts().conditions().stream()
                .filter(each -> each.type().word().equals("DrainInProgress")))
        .singleElement()
        .satisfies(
            each -> assertThat(each.message()).contains("volumes are still attached: pv-db"));

    rig.cluster.detach("att-db");
    rig.run("15S");
    assertThat(rig.stateWord()).isEqualTo("Drained");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("fence 3: volumes of pods that stay do not count, nor those of other Nodes")
  void volumesOfIgnoredPodsStay() {
    NodeRig rig = rig(PodOption.WAIT_FOR_DETACH);
    rig.cluster.add(
        new PodFields("shop", "stays")
            .on(NodeRig.NODE)
            .volume("data", VolumeKind.CLAIM)
            .labelled("drainwatch.io/drain", "skip"));
    rig.cluster.attach("att-stays", NodeRig.NODE, "pv-stays");
    rig.cluster.attach("att-other", "node-2", "pv-other");
    rig.platform(REBOOT);
    rig.start().run("30S");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("by default nothing is read, and attached volumes keep nothing from being drained")
  void isOffByDefault() {
    NodeRig rig = new NodeRig();
    disk(rig, "db");
    rig.platform(REBOOT);
    rig.start().run("30S");
    assertThat(lists(rig)).isEmpty();
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("one by one: the next pod with volumes goes when those of the one before are gone")
  void theNextWaitsForTheDetaching() {
    NodeRig rig = rig(PodOption.WAIT_FOR_DETACH, PodOption.VOLUME_PODS_ONE_BY_ONE);
    disk(rig, "a");
    disk(rig, "b");
    rig.platform(REBOOT);
    rig.start().run("40S");
    assertThat(isGone(rig, "a")).isTrue();
    assertThat(isGone(rig, "b")).isFalse();

    rig.cluster.detach("att-a");
    rig.run("10S");
    assertThat(isGone(rig, "b")).isTrue();
    assertThat(rig.acknowledged).isEmpty();
    rig.cluster.detach("att-b");
    rig.run("15S");
    assertThat(rig.acknowledged).containsExactly("A");
  }

  @Test
  @DisplayName("one by one: after the time-out the next pod goes all the same")
  void theNextGoesAfterTheTimeOut() {
    NodeRig rig = rig(PodOption.WAIT_FOR_DETACH, PodOption.VOLUME_PODS_ONE_BY_ONE);
    disk(rig, "a");
    disk(rig, "b");
    rig.platform(REBOOT);
    rig.start().run("100S");
    assertThat(isGone(rig, "b")).isFalse();
    rig.run("60S");
    assertThat(isGone(rig, "b")).isTrue();
  }

  @Test
  @DisplayName("attachments that cannot be read are said, and never taken for none")
  void whatCannotBeReadIsNotNone() {
    NodeRig rig = rig(PodOption.WAIT_FOR_DETACH);
    rig.cluster.add(new PodFields("shop", "web").on(NodeRig.NODE));
    rig.api.faults().forever(Verb.OTHER, Fault.RESET_BEFORE);
    rig.platform(REBOOT);
    rig.start().run("60S");
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).isEmpty();
    assertThat(rig.acknowledged).isEmpty();
    assertThat(rig.api.told()).anyMatch(news -> news.notice().toString().contains("CONFIG_ERROR"));
    assertThat(lists(rig)).as("not a loop").hasSizeLessThan(10);
  }

  @Test
  @DisplayName("fence 3: a Node that was read before the volumes were looked at decides nothing")
  void decidesByNoReadingFromBefore() {
    NodeRig rig = rig(PodOption.WAIT_FOR_DETACH);
    rig.platform(REBOOT);
    rig.start();
    rig.leap(Duration.ofMinutes(1), () -> rig.state().fence().first().isPresent());
    rig.api.faults().forever(Verb.OTHER, Fault.RESET_BEFORE);
    rig.leap(Duration.ofMinutes(1), () -> rig.state().fence().second().isPresent());
    rig.cluster.attach("att-late", NodeRig.NODE, "pv-late");
    rig.tell(new NodeObservation.NodeRead(new NodeReading.Found(rig.node().facts()), true));
    rig.run("1S");
    assertThat(rig.stateWord()).isEqualTo("Draining");
    rig.api.faults().heal();
    rig.run("30S");
    assertThat(rig.stateWord()).isEqualTo("Draining");
    assertThat(rig.acknowledged).isEmpty();
  }
}
