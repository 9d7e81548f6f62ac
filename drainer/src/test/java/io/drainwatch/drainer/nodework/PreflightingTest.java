package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.PolicyRule;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.PodFields;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.ConditionType;
import io.drainwatch.drainer.nodes.NodeCondition;
import io.drainwatch.drainer.pods.PodOption;
import io.drainwatch.drainer.pods.PodRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Evictions tried while a maintenance waits for its time (kubernetes-drain.md 10). */
class PreflightingTest {
  private static final ScheduledEvent FAR_OFF = NodeRig.event("A", "Reboot", Duration.ofHours(5));

  private static NodeRig rig(PodOption... options) {
    Policy policy =
        new Policy(
            List.of(
                new PolicyRule(
                    "far-off",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(AcknowledgeWhen.AFTER_DRAIN),
                    Optional.empty(),
                    Optional.of(Duration.ofHours(2)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));
    NodeRig rig = new NodeRig(settings(options), LifecycleSettings.defaults().withPolicy(policy));
    rig.cluster.replicaSet("shop", "web", 2, pod -> pod.labelled("app", "web"), NodeRig.NODE);
    rig.cluster.replicaSet("shop", "free", 1, pod -> {}, NodeRig.NODE);
    rig.cluster.addBudget(
        "shop", "strict", ModelBudget.Spec.maxUnavailable(Map.of("app", "web"), "0"));
    rig.cluster.add(
        new PodFields("shop", "held")
            .on(NodeRig.NODE)
            .annotated("drainwatch.io/do-not-evict", "true"));
    rig.platform(FAR_OFF);
    return rig;
  }

  private static NodeSettings settings(PodOption... options) {
    PodRules rules =
        new PodRules(
            List.of(), Set.of(options), Duration.ofMinutes(1), PodRules.DEFAULT_DETACH_TIMEOUT);
    return NodeSettings.defaults("watcher-1").withPods(rules);
  }

  private static String planned(NodeRig rig) {
    return rig.node().facts().conditions().stream()
        .filter(each -> each.type() == ConditionType.MAINTENANCE_PLANNED)
        .map(NodeCondition::message)
        .findFirst()
        .orElse("none");
  }

  private static List<ModelRequest> evictions(NodeRig rig) {
    return rig.api.requests(Verb.EVICT);
  }

  @Test
  @DisplayName("K24 what would hold up the drain stands in the condition long before the deadline")
  void predictsWhoWouldHoldItUp() {
    NodeRig rig = rig(PodOption.PREFLIGHT);
    rig.start().run("30S");

    assertThat(rig.stateWord()).isEqualTo("MaintenanceScheduled");
    assertThat(planned(rig))
        .contains("Reboot", "would be blocked", "strict", "shop/web-", "shop/held")
        .doesNotContain("free");
    assertThat(rig.notes)
        .filteredOn(NodeNote.Predicted.class::isInstance)
        .singleElement()
        .satisfies(note -> assertThat(((NodeNote.Predicted) note).pods()).isEqualTo(3));
    assertThat(evictions(rig)).hasSize(3).allMatch(each -> each.body().contains("dryRun"));
    assertThat(rig.cluster.podsOn(NodeRig.NODE)).hasSize(4);
    assertThat(rig.node().facts().unschedulable()).isFalse();
  }

  @Test
  @DisplayName("it is tried again after an hour, and not before")
  void triesAgainAfterAnHour() {
    NodeRig rig = rig(PodOption.PREFLIGHT);
    rig.start().run("58M");
    assertThat(evictions(rig)).hasSize(3);
    rig.cluster.deleteBudget("shop", "strict");
    rig.run("5M");
    assertThat(evictions(rig)).hasSize(6);
    assertThat(planned(rig)).contains("shop/held").doesNotContain("strict");
  }

  @Test
  @DisplayName("a server that does not answer holds up nothing, and predicts nothing")
  void isNeverRequired() {
    NodeRig rig = rig(PodOption.PREFLIGHT);
    rig.api.faults().forever(Verb.EVICT, Fault.UNAVAILABLE);
    rig.start().run("30S");
    assertThat(planned(rig)).doesNotContain("web");
    rig.api.faults().heal();
    rig.cluster.deleteBudget("shop", "strict");
    rig.platform(NodeRig.event("A", "Reboot", Duration.ofMinutes(30)));
    rig.run("60S");
    assertThat(rig.stateWord()).isEqualTo("Draining");
    assertThat(planned(rig)).as("void once the drain has begun").doesNotContain("would be");
  }

  @Test
  @DisplayName("switched off nothing is tried; a drain that begins at once is not preceded by it")
  void isLeftOut() {
    NodeRig off = rig();
    off.start().run("30S");
    assertThat(evictions(off)).isEmpty();

    NodeRig urgent = rig(PodOption.PREFLIGHT);
    urgent.platform(NodeRig.event("B", "Preempt", Duration.ofSeconds(30)));
    urgent.start().run("2S");
    assertThat(evictions(urgent)).noneMatch(each -> each.body().contains("dryRun"));
  }

  @Test
  @DisplayName("it lists no pods before the server wants to be asked again")
  void waitsAsLongAsTheServerSays() {
    NodeRig rig = rig(PodOption.PREFLIGHT);
    rig.start().run("30S");
    Instant now = rig.cluster.now();
    NodeDraft draft = new NodeDraft(rig.state(), settings(PodOption.PREFLIGHT), now);
    draft.preflight = NodeState.Preflight.NONE;
    draft.fence = draft.fence.anew(now.plusSeconds(10));
    Preflighting.advance(draft);
    assertThat(draft.step().actions()).isEmpty();

    draft.fence = draft.fence.anew(now);
    Preflighting.advance(draft);
    assertThat(draft.step().actions()).containsExactly(new NodeAction.ListPods());
  }
}
