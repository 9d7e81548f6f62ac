package io.drainwatch.drainer.nodes;

import static io.drainwatch.drainer.nodes.ANode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant NOON = ANode.NOON;

  private static NodeRecord draining() {
    NodeRecord record = Records.drainingSince(NOON);
    return record.with(record.did().withConditions());
  }

  private static NodeRecord in(MaintenanceState state, Phase phase) {
    NodeRecord record = draining();
    return record.with(record.progress().entered(state, phase, NOON));
  }

  private static NodeRecord drained(NodeRecord record) {
    return record.with(
        new DrainNote(List.of("E-1"), List.of(), record.drain().counts(), List.of(), 0));
  }

  private static List<String> words(NodeRecord record, boolean cancelled) {
    return Conditions.wanted(record, cancelled, List.of(), NOON).stream()
        .map(each -> each.type().word() + "=" + each.status() + " " + each.reason())
        .toList();
  }

  @Test
  void tellsEachStateInTheWordsOfTheSpecification() {
    assertThat(words(Records.scheduled(), false))
        .containsExactly("MaintenancePlanned=true MaintenanceWindow");
    assertThat(words(draining(), false))
        .containsExactly(
            "MaintenancePlanned=true MaintenanceWindow", "DrainInProgress=true AdminRequested");
    assertThat(words(drained(in(MaintenanceState.DRAINED, Phase.ACKNOWLEDGING)), false))
        .containsExactly(
            "MaintenancePlanned=true MaintenanceWindow",
            "DrainInProgress=false DrainCompleted",
            "Drained=true DrainCompleted");
    assertThat(words(drained(in(MaintenanceState.MAINTENANCE_STARTED, Phase.NONE)), false))
        .containsExactly(
            "MaintenancePlanned=false MaintenanceWindow",
            "MaintenanceInProgress=true MaintenanceWindow",
            "DrainInProgress=false DrainCompleted",
            "Drained=true DrainCompleted");
    assertThat(words(in(MaintenanceState.DRAINING, Phase.DEADLINE_REACHED), false))
        .contains("DrainInProgress=false DeadlineExceeded");
    assertThat(words(in(MaintenanceState.MAINTENANCE_STARTED, Phase.NONE), false))
        .contains("DrainInProgress=false DeadlineExceeded");
    assertThat(words(in(MaintenanceState.CORDONED, Phase.SETTLING), false))
        .contains("DrainInProgress=true AdminRequested");
    assertThat(words(ForeignUncordon.RESPECT.answer(draining(), NOON), false))
        .contains("DrainInProgress=false Cancelled");
    assertThat(words(draining(), true)).contains("DrainInProgress=false Cancelled");
  }

  @Test
  void namesThreePodsPerCauseInAFixedOrder() {
    List<String> pods =
        new ArrayList<>(IntStream.range(0, 9).mapToObj(i -> "shop/web-" + i).toList());
    Collections.reverse(pods);
    Cause budget = new Cause(1, "blocked by the budget shop/web", pods);
    Cause held = new Cause(0, "held by an annotation", List.of("db/a"));

    assertThat(ConditionMessage.of("The Node is being drained", List.of(budget, held)))
        .isEqualTo(ConditionMessage.of("The Node is being drained", List.of(held, budget)))
        .isEqualTo(
            "The Node is being drained. held by an annotation: db/a. blocked by the budget"
                + " shop/web: shop/web-0, shop/web-1, shop/web-2 and 6 more.");
  }

  @Test
  void staysWithinOneKilobyteAndSaysWhatIsMissing() {
    List<Cause> causes =
        IntStream.range(0, 500)
            .mapToObj(i -> new Cause(i, "cause é" + i + "x".repeat(i), List.of("a/b", "c/d")))
            .toList();

    String message = ConditionMessage.of("The Node is being drained", causes);

    assertThat(NodeText.bytes(message)).isLessThanOrEqualTo(NodeCondition.MOST_BYTES);
    assertThat(message).endsWith("more causes.");
  }

  @Test
  void writesOnlyWhatChangedAndNotMoreOftenThanEveryTenSeconds() {
    ANode node = aNode();
    ConditionStep.Send first =
        (ConditionStep.Send)
            Conditions.next(node.facts(), draining(), false, List.of(), Optional.empty(), NOON);
    node.conditions.addAll(first.patch().set());

    assertThat(next(node, draining(), List.of(), NOON.plusSeconds(60)))
        .isEqualTo(new ConditionStep.Nothing());
    List<Cause> causes = List.of(new Cause(0, "held", List.of("a/b")));
    assertThat(next(node, draining(), causes, NOON.plusSeconds(9)))
        .isEqualTo(new ConditionStep.Later(NOON.plusSeconds(10)));
    ConditionStep.Send second =
        (ConditionStep.Send) next(node, draining(), causes, NOON.plusSeconds(10));
    assertThat(second.patch().set()).singleElement().matches(each -> each.changedAt().equals(NOON));
    assertThat(second.patch().at()).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void isNotSilencedByAClockThatWasSteppedBack() {
    assertThat(next(aNode(), draining(), List.of(), NOON.minusSeconds(3_600)))
        .isInstanceOf(ConditionStep.Send.class);
  }

  private static ConditionStep next(
      ANode node, NodeRecord record, List<Cause> causes, Instant now) {
    return Conditions.next(node.facts(), record, false, causes, Optional.of(NOON), now);
  }

  @Test
  void writesAndClearsNothingThatTheRecordDoesNotName() {
    NodeRecord record = Records.drainingSince(NOON);
    ANode node = aNode();
    node.conditions.add(
        new NodeCondition(ConditionType.DRAINED, true, "DrainCompleted", "theirs", NOON));

    assertThat(Conditions.next(node.facts(), record, false, List.of(), Optional.empty(), NOON))
        .isEqualTo(new ConditionStep.Nothing());
    assertThat(Conditions.clear(node.facts(), record, NOON)).isEmpty();
  }

  @Test
  void clearsByTypeAtTheEnd() {
    ANode node = aNode();
    node.conditions.add(
        new NodeCondition(ConditionType.MAINTENANCE_PLANNED, true, "x", "ours", NOON));

    assertThat(Conditions.clear(node.facts(), draining(), NOON).map(NodePatchJson::write))
        .contains(
            "{\"metadata\":{\"resourceVersion\":\"7\"},\"status\":{\"conditions\":"
                + "[{\"$patch\":\"delete\",\"type\":\"MaintenancePlanned\"}]}}");
  }

  @Test
  void mergesByType() {
    NodeCondition condition =
        new NodeCondition(ConditionType.DRAINED, true, "DrainCompleted", "all gone", NOON);

    assertThat(
            NodePatchJson.write(
                new ConditionPatch("7", List.of(condition), List.of(), NOON.plusSeconds(1))))
        .isEqualTo(
            "{\"metadata\":{\"resourceVersion\":\"7\"},\"status\":{\"conditions\":"
                + "[{\"type\":\"Drained\",\"status\":\"True\",\"reason\":\"DrainCompleted\","
                + "\"message\":\"all gone\",\"lastTransitionTime\":\"2026-11-21T12:00:00Z\","
                + "\"lastHeartbeatTime\":\"2026-11-21T12:00:01Z\"}]}}");
  }

  @Test
  void noticesHaveTheReasonsOfTheSpecification() {
    assertThat(NodeNotice.values())
        .extracting(NodeNotice::reason)
        .containsExactly(
            "MaintenanceScheduled",
            "Cordoned",
            "ForeignCordonKept",
            "DrainStarted",
            "PodEvicted",
            "EvictionBlocked",
            "PodForceDeleted",
            "DrainCompleted",
            "DrainDeadlineExceeded",
            "DrainCancelled",
            "Acknowledged",
            "AckFailed",
            "MaintenanceStarted",
            "ForeignUncordonRespected",
            "VmOff",
            "VmNeedsSomebody",
            "UncordonDeferred",
            "Uncordoned",
            "ConfigError",
            "Unattended");
    assertThat(NodeText.bytes(NodeNotice.CONFIG_ERROR.note("é".repeat(5_000))))
        .isLessThanOrEqualTo(1_024);
    assertThat(NodeNotice.CORDONED.note("")).isEqualTo(NodeNotice.CORDONED.text());
  }
}
