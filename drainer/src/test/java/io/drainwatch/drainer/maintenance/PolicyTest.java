package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** lifecycle.md, "Policy". */
class PolicyTest {

  @ParameterizedTest(name = "{0}: {1}, acknowledged {2}, margin {3} s, at the deadline {4}")
  @CsvSource({
    "Freeze, OBSERVE, NEVER, 60, LEAVE",
    "Reboot, DRAIN, AFTER_DRAIN, 60, DELETE_PODS",
    "Redeploy, DRAIN, AFTER_DRAIN, 60, DELETE_PODS",
    "Terminate, DRAIN, AFTER_DRAIN, 60, DELETE_PODS",
    "Preempt, DRAIN, AFTER_DRAIN, 6, DELETE_PODS",
    "HostUpdate, DRAIN, NEVER, 60, DELETE_PODS",
    "SpotRebalanceRecommendation, DRAIN, NEVER, 60, DELETE_PODS",
  })
  void hasTheDefaultsOfTheSpecification(
      String type, PolicyAction action, AcknowledgeWhen when, int margin, AtDeadline atDeadline) {
    Rule rule = Policy.defaults().ruleFor(Events.of(type, "A").event());
    assertThat(rule.action()).isEqualTo(action);
    assertThat(rule.acknowledge()).isEqualTo(when);
    assertThat(rule.margin()).isEqualTo(Duration.ofSeconds(margin));
    assertThat(rule.atDeadline()).isEqualTo(atDeadline);
    assertThat(rule.startBefore()).isEmpty();
    assertThat(rule.window()).isEmpty();
    assertThat(rule.drainAfterStart()).isFalse();
  }

  @ParameterizedTest(name = "a Freeze of {0} s is acknowledged {1}")
  @CsvSource({"0, IMMEDIATELY", "8, IMMEDIATELY", "9, IMMEDIATELY", "10, NEVER", "30, NEVER"})
  void approvesAShortFreezeAtOnce(int seconds, AcknowledgeWhen when) {
    assertThat(Policy.defaults().ruleFor(Events.freeze("A", seconds).event()).acknowledge())
        .isEqualTo(when);
  }

  @Test
  void neverTakesAnUnknownDurationForShort() {
    assertThat(Policy.defaults().ruleFor(Events.of("Freeze", "A").event()).acknowledge())
        .isEqualTo(AcknowledgeWhen.NEVER);
  }

  @Test
  void takesTheFirstRuleThatMatches() {
    Policy policy =
        Rules.policy(
            Rules.forType("Redeploy").named("first").doing(PolicyAction.CORDON),
            Rules.forAll().named("second").doing(PolicyAction.OBSERVE),
            Rules.forType("Reboot").named("third").doing(PolicyAction.DRAIN));
    assertThat(policy.ruleFor(Events.redeploy("A").event()).name()).isEqualTo("first");
    assertThat(policy.ruleFor(Events.reboot("A").event()).name()).isEqualTo("second");
  }

  @Test
  void matchesTypesWithoutCase() {
    Policy policy = Rules.policy(Rules.forType("REBOOT").doing(PolicyAction.IGNORE));
    assertThat(policy.ruleFor(Events.of("reboot", "A").event()).action())
        .isEqualTo(PolicyAction.IGNORE);
  }

  @Test
  void matchesTheSource() {
    Policy policy = Rules.policy(Rules.forAll().from(EventSource.USER).doing(PolicyAction.OBSERVE));
    assertThat(policy.ruleFor(Events.reboot("A").from(EventSource.USER).event()).action())
        .isEqualTo(PolicyAction.OBSERVE);
    assertThat(policy.ruleFor(Events.reboot("A").event()).action()).isEqualTo(PolicyAction.DRAIN);
  }

  @Test
  void matchesTheExpectedDurationBothEndsIncluded() {
    Policy policy =
        Rules.policy(Rules.forAll().lasting(5, 30).named("5 to 30").doing(PolicyAction.DRAIN));
    assertThat(List.of(4, 5, 30, 31))
        .extracting(seconds -> policy.ruleFor(Events.freeze("A", seconds).event()).name())
        .containsExactly("default short Freeze", "5 to 30", "5 to 30", "default Freeze");
    assertThat(policy.ruleFor(Events.of("Freeze", "A").event()).name()).isEqualTo("default Freeze");
  }

  @Test
  void leavesTheDefaultWhereARuleHasAGap() {
    Rule rule =
        Rules.policy(Rules.forType("Preempt").acknowledging(AcknowledgeWhen.NEVER))
            .ruleFor(Events.preempt("A").event());
    assertThat(rule.action()).isEqualTo(PolicyAction.DRAIN);
    assertThat(rule.margin()).isEqualTo(Policy.DEFAULT_PREEMPT_MARGIN);
    assertThat(rule.acknowledge()).isEqualTo(AcknowledgeWhen.NEVER);
    assertThat(rule.atDeadline()).isEqualTo(AtDeadline.DELETE_PODS);
  }

  @Test
  void doesNotInheritAtOnceForAShortFreezeThatIsDrained() {
    Rule rule =
        Rules.policy(Rules.forType("Freeze").doing(PolicyAction.DRAIN))
            .ruleFor(Events.freeze("A", 5).event());
    assertThat(rule.acknowledge()).isEqualTo(AcknowledgeWhen.AFTER_DRAIN);
    assertThat(rule.atDeadline()).isEqualTo(AtDeadline.LEAVE);
  }

  @ParameterizedTest(name = "an action changed to {0} is acknowledged NEVER")
  @CsvSource({"IGNORE", "OBSERVE", "CORDON"})
  void neverAcknowledgesWhatIsNotDrainedUnlessTheRuleSaysSo(PolicyAction action) {
    assertThat(
            Rules.policy(Rules.forType("Reboot").doing(action))
                .ruleFor(Events.reboot("A").event())
                .acknowledge())
        .isEqualTo(AcknowledgeWhen.NEVER);
  }

  @Test
  void doesNotApplyThePlatformsRulesToADrainByHand() {
    Rule rule =
        Rules.policy(Rules.forAll().doing(PolicyAction.IGNORE))
            .ruleFor(Events.reboot("A").from(EventSource.OPERATOR).event());
    assertThat(rule.action()).isEqualTo(PolicyAction.DRAIN);
    assertThat(rule.acknowledge()).isEqualTo(AcknowledgeWhen.NEVER);
    assertThat(rule.margin()).isEqualTo(Duration.ZERO);
    assertThat(rule.startBefore()).isEqualTo(Optional.empty());
  }

  @Test
  void looksOnWhateverTheRulesSay() {
    Policy acting =
        Rules.policy(
            Rules.forType("Reboot").acknowledging(AcknowledgeWhen.IMMEDIATELY),
            Rules.forType("Redeploy").doing(PolicyAction.IGNORE));
    Policy policy = acting.lookingOn();

    for (Events event :
        List.of(
            Events.reboot("A"), Events.preempt("B"), Events.freeze("C", 5), Events.of("?", "D"))) {
      assertThat(policy.ruleFor(event.event()).action()).isEqualTo(PolicyAction.OBSERVE);
      assertThat(policy.ruleFor(event.event()).acknowledge()).isEqualTo(AcknowledgeWhen.NEVER);
    }
    assertThat(policy.ruleFor(Events.redeploy("E").event()).action())
        .isEqualTo(PolicyAction.IGNORE);
  }
}
