package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A cordon whose answer never came may stand: it is undone all the same (kubernetes-drain.md 14).
 */
class LostAnswersTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(15));

  private final NodeRig rig = new NodeRig();

  private boolean isCordoned() {
    return rig.node().facts().unschedulable();
  }

  /** The server has cordoned, the agent does not know, and cannot see. */
  private void isCordonedWithoutAnAnswer() {
    rig.start().run("2S");
    rig.api.faults().times(Verb.PATCH_NODE, Fault.RESET_AFTER, 1);
    rig.api.faults().forever(Verb.GET_NODE, Fault.UNAVAILABLE);
    rig.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    rig.api.closeWatches();
    rig.platform(REBOOT);
    rig.run("1S");
    assertThat(isCordoned()).isTrue();
  }

  private void isGivenBack() {
    assertThat(isCordoned()).isFalse();
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(rig.episode()).isEmpty();
    assertThat(rig.summaries).extracting(Summary::ending).containsExactly(Summary.Ending.CANCELLED);
  }

  @Test
  @DisplayName(
      "I3 cancelled before it is known whether the cordon stands: undone once that is known")
  void undoesTheCordonOfACancelledEventThatItDidNotKnowOf() {
    isCordonedWithoutAnAnswer();
    rig.platform();
    rig.run("10S");
    assertThat(rig.summaries).as("nobody knows yet whether there is something to undo").isEmpty();
    assertThat(rig.episode().orElseThrow().cordon())
        .as("and it is not said that nothing stands")
        .isEqualTo(Episode.Step.BEGUN);
    rig.api.faults().heal();
    rig.run("3M");
    isGivenBack();
  }

  @Test
  @DisplayName("the same where the server takes no write either until then")
  void waitsAlsoWhereNothingCanBeWritten() {
    isCordonedWithoutAnAnswer();
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.BUSY);
    rig.platform();
    rig.run("1M");
    assertThat(rig.summaries).isEmpty();
    rig.api.faults().heal();
    rig.run("3M");
    isGivenBack();
  }

  @Test
  @DisplayName("a record that was written without an answer is looked for before it is over")
  void looksForTheRecordItMayHaveWritten() {
    rig.hooksThatLast = Set.of(Hook.RUNNING);
    rig.start().run("2S");
    rig.api.faults().forever(Verb.WATCH, Fault.UNAVAILABLE);
    rig.api.closeWatches();
    rig.api.faults().forever(isPatchWith("\"unschedulable\":true"), Fault.TIMEOUT_BEFORE);
    rig.api.faults().forever(isPatchWith("Running"), Fault.RESET_AFTER);
    rig.api
        .faults()
        .forever(each -> each.verb() == Verb.GET_NODE && isWritten("Running"), Fault.UNAVAILABLE);
    rig.platform(REBOOT);
    rig.run("2S");
    rig.platform();
    rig.run("10S");
    assertThat(rig.stateWord()).as("it was written").isEqualTo("Running");
    rig.core(new Observation.HookListed(Hook.RUNNING, List.of()));
    rig.run("10S");
    assertThat(rig.summaries).as("and nobody knows").isEmpty();
    rig.api.faults().heal();
    rig.run("3M");
    isGivenBack();
  }

  @Test
  @DisplayName("what was given back without an answer is given back once: nothing is written anew")
  void givesBackOnce() {
    rig.platform(REBOOT);
    rig.start().run("2S");
    rig.api.faults().forever(isPatchWith(NodeKeys.LAST), Fault.RESET_AFTER);
    rig.api.forgetRequests();
    rig.platform();
    rig.run("3M");
    isGivenBack();
    assertThat(rig.api.requests(Verb.PATCH_NODE))
        .filteredOn(each -> each.body().contains(NodeKeys.LAST))
        .hasSize(1);
  }

  private static Predicate<ModelRequest> isPatchWith(String text) {
    return each -> each.verb() == Verb.PATCH_NODE && each.body().contains(text);
  }

  private boolean isWritten(String text) {
    return rig.api.requests().stream().anyMatch(isPatchWith(text));
  }

  @Test
  @DisplayName("a write that the server carries out after the maintenance is over is undone")
  void undoesWhatIsWrittenAfterTheEnd() throws Exception {
    rig.start().run("2S");
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.TIMEOUT_BEFORE);
    rig.platform(REBOOT);
    rig.run("2S");
    ModelRequest cordon = rig.api.requests(Verb.PATCH_NODE).getFirst();
    rig.platform();
    rig.run("20S");
    assertThat(rig.episode()).isEmpty();
    assertThat(isCordoned()).isFalse();
    rig.api.faults().heal();
    rig.cluster.patchNode(NodeRig.NODE, new ObjectMapper().readTree(cordon.body()), true);
    assertThat(isCordoned()).isTrue();
    rig.run("1M");
    isGivenBack();
  }

  @Test
  @DisplayName("I3 a person's cordon that came meanwhile stays")
  void leavesThePersonsCordonThatCameMeanwhile() {
    rig.start().run("2S");
    rig.api.faults().forever(Verb.PATCH_NODE, Fault.TIMEOUT_BEFORE);
    rig.platform(REBOOT);
    rig.run("2S");
    rig.cluster.cordon(NodeRig.NODE, true);
    rig.platform();
    rig.run("20S");
    rig.api.faults().heal();
    rig.run("3M");
    assertThat(isCordoned()).isTrue();
    assertThat(rig.annotation(NodeKeys.RECORD)).isEmpty();
    assertThat(rig.episode()).isEmpty();
  }
}
