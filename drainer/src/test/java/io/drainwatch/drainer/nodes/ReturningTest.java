package io.drainwatch.drainer.nodes;

import static io.drainwatch.drainer.nodes.ANode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReturningTest {
  private static final Instant NOON = ANode.NOON;
  private static final ReturnSettings SETTINGS = ReturnSettings.DEFAULTS;

  /** The heartbeat of noon was the last when the event went missing. */
  private static NodeRecord record() {
    NodeRecord record = Records.in(MaintenanceState.MAINTENANCE_STARTED, Phase.NONE);
    return record.with(record.progress().withHeartbeat(Optional.of(NOON)));
  }

  private static ReturnQuestion question(ANode node, Optional<String> machineBootId) {
    return new ReturnQuestion(
        Optional.of(node.facts()), record(), machineBootId, true, true, true, true);
  }

  private static ReturnQuestion question(ANode node) {
    return question(node, Optional.empty());
  }

  private static ReturnStep uncordon(ReturnQuestion question, ReadyWatch watch, Instant now) {
    return Returning.toUncordoned(question, watch, SETTINGS, now);
  }

  @Test
  void runsAfterTheReboot() {
    ANode node = aNode();
    node.bootId = "boot-2";

    assertThat(Returning.toRunning(question(node), SETTINGS, NOON))
        .isEqualTo(new ReturnStep.Go(true));
  }

  @Test
  void waitsWhileAnEventIsNotKnownToBeOver() {
    ReturnQuestion open =
        new ReturnQuestion(
            Optional.of(aNode().facts()), record(), Optional.empty(), false, true, true, true);

    assertThat(Returning.toRunning(open, SETTINGS, NOON.plus(Duration.ofDays(1))))
        .isEqualTo(
            new ReturnStep.Wait(List.of("an event for this VM is not known to be over"), false));
  }

  @Test
  void runsWhenTheRebootDidNotHappen() {
    ANode node = aNode().ready(true, NOON.plusSeconds(60));

    assertThat(Returning.toRunning(question(node), SETTINGS, NOON))
        .isEqualTo(new ReturnStep.Go(false));
  }

  @Test
  @DisplayName("K57 a status that shows the old boot id is waited out, both at Running and after")
  void waitsForAHeartbeatOfAfterTheMaintenance() {
    ANode stale = aNode();
    ReadyWatch watch = ReadyWatch.NOT_READY.next(question(stale), NOON);

    assertThat(Returning.toRunning(question(stale), SETTINGS, NOON))
        .isInstanceOf(ReturnStep.Wait.class);
    assertThat(uncordon(question(stale), watch, NOON.plusSeconds(60)))
        .isInstanceOf(ReturnStep.Wait.class);
    assertThat(watch).isEqualTo(ReadyWatch.NOT_READY);
  }

  @Test
  @DisplayName("K57 the machine is up, but its Node still shows the old boot id")
  void waitsUntilTheStatusKnowsTheBoot() {
    ANode stale = aNode().ready(true, NOON.plusSeconds(1));
    ReturnQuestion question = question(stale, Optional.of("boot-2"));

    assertThat(Returning.toRunning(question, SETTINGS, NOON)).isEqualTo(new ReturnStep.Go(true));
    assertThat(ReadyWatch.NOT_READY.next(question, NOON)).isEqualTo(ReadyWatch.NOT_READY);

    stale.bootId = "boot-2";
    ReturnQuestion known = question(stale, Optional.of("boot-2"));
    ReadyWatch watch = ReadyWatch.NOT_READY.next(known, NOON);
    assertThat(uncordon(known, watch, NOON.plusSeconds(29))).isInstanceOf(ReturnStep.Wait.class);
    assertThat(uncordon(known, watch, NOON.plusSeconds(30))).isEqualTo(new ReturnStep.Go(true));
  }

  @Test
  @DisplayName("K57 a cancelled event waits for no heartbeat: nothing happened")
  void waitsForNoHeartbeatWhenNothingHappened() {
    ReturnQuestion cancelled =
        new ReturnQuestion(
            Optional.of(aNode().facts()), record(), Optional.empty(), true, false, true, true);
    ReadyWatch watch = ReadyWatch.NOT_READY.next(cancelled, NOON);

    assertThat(uncordon(cancelled, watch, NOON.plusSeconds(30)))
        .isEqualTo(new ReturnStep.Go(false));
  }

  @Test
  @DisplayName("K54 no uncordon while the Node is NotReady, however long it was Ready before")
  void staysCordonedWhileNotReady() {
    ANode node = aNode();
    node.bootId = "boot-2";
    ReadyWatch ready = ReadyWatch.NOT_READY.next(question(node), NOON);
    node.ready(false, NOON.plusSeconds(40));
    ReadyWatch broken = ready.next(question(node), NOON.plusSeconds(40));

    assertThat(uncordon(question(node), ready, NOON.plusSeconds(40)))
        .isInstanceOf(ReturnStep.Wait.class);
    node.ready(true, NOON.plusSeconds(41));
    ReadyWatch again = broken.next(question(node), NOON.plusSeconds(41));
    assertThat(uncordon(question(node), again, NOON.plusSeconds(70)))
        .isInstanceOf(ReturnStep.Wait.class);
    assertThat(uncordon(question(node), again, NOON.plusSeconds(71)))
        .isEqualTo(new ReturnStep.Go(true));
  }

  @Test
  @DisplayName("K54 a Node that was not Ready between two looks begins its time anew")
  void noticesAFlapBetweenTwoLooks() {
    ANode node = aNode();
    node.bootId = "boot-2";
    ReadyWatch ready = ReadyWatch.NOT_READY.next(question(node), NOON);
    node.readiness = new NodeReadiness(true, Optional.of(NOON.plusSeconds(20)), Optional.of(NOON));

    assertThat(ready.next(question(node), NOON.plusSeconds(25)).since())
        .contains(NOON.plusSeconds(25));
  }

  @Test
  @DisplayName("K58 a second reboot in the episode begins the time anew and returns once")
  void waitsAnewAfterASecondReboot() {
    ANode node = aNode();
    node.bootId = "boot-2";
    ReadyWatch first = ReadyWatch.NOT_READY.next(question(node), NOON);
    node.bootId = "boot-3";
    ReadyWatch second = first.next(question(node), NOON.plusSeconds(29));

    assertThat(uncordon(question(node), second, NOON.plusSeconds(30)))
        .isInstanceOf(ReturnStep.Wait.class);
    assertThat(uncordon(question(node), second, NOON.plusSeconds(59)))
        .isEqualTo(new ReturnStep.Go(true));
    NodeRecord record = Records.cordoned(node);
    Records.restored(node, record);
    assertThat(RecordReading.of(node.facts(), ANode.machine()))
        .isEqualTo(new RecordReading.Nothing());
  }

  @Test
  @DisplayName(
      "K59 a kubelet that never gets Ready keeps the Node cordoned, with an alert, for ever")
  void neverGivesUp() {
    ANode node = aNode().ready(false, NOON);
    node.bootId = "boot-2";
    ReadyWatch watch = ReadyWatch.NOT_READY.next(question(node), NOON);

    assertThat(uncordon(question(node), watch, NOON.plusSeconds(599)))
        .isEqualTo(new ReturnStep.Wait(List.of("the Node is not Ready"), false));
    assertThat(uncordon(question(node), watch, NOON.plusSeconds(600)))
        .isEqualTo(new ReturnStep.Wait(List.of("the Node is not Ready"), true));
    assertThat(uncordon(question(node), watch, NOON.plus(Duration.ofDays(400))))
        .isEqualTo(new ReturnStep.Wait(List.of("the Node is not Ready"), true));
    assertThat(Returning.waitAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Returning.waitAfter(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(Returning.waitAfter(1_000_000)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void waitsForTheChecks() {
    ANode node = aNode();
    node.bootId = "boot-2";
    ReturnQuestion failing =
        new ReturnQuestion(
            Optional.of(node.facts()), record(), Optional.empty(), true, true, true, false);
    ReadyWatch watch = ReadyWatch.NOT_READY.next(failing, NOON);

    assertThat(uncordon(failing, watch, NOON.plusSeconds(60))).isInstanceOf(ReturnStep.Wait.class);
  }

  @Test
  @DisplayName("K52 a Node that is gone does not return; K53 neither does one of the same name")
  void doesNotReturnAnotherNode() {
    ReturnQuestion gone =
        new ReturnQuestion(Optional.empty(), record(), Optional.empty(), true, true, true, true);
    ANode recreated = aNode();
    recreated.uid = "another";

    assertThat(Returning.toRunning(gone, SETTINGS, NOON)).isEqualTo(new ReturnStep.NodeGone());
    assertThat(uncordon(gone, ReadyWatch.NOT_READY, NOON)).isEqualTo(new ReturnStep.NodeGone());
    assertThat(Returning.toRunning(question(recreated), SETTINGS, NOON))
        .isEqualTo(new ReturnStep.NodeGone());
  }
}
