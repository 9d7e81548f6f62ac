package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static io.drainwatch.watcher.configuration.Readings.remarks;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.AtDeadline;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.PolicyRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

  @Test
  void readsARuleWhole() {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("types", List.of("reboot", "Redeploy"));
    rule.put("source", "platform");
    rule.put("shortest", "10s");
    rule.put("longest", "30m");
    rule.put("action", "drain");
    rule.put("acknowledge", "even-if-failed");
    rule.put("margin", "90s");
    rule.put("start-before", "1h");
    rule.put("at-deadline", "leave");
    rule.put("window", "night");
    rule.put("drain-after-start", true);

    assertThat(
            settings(
                    Map.of(
                        "drainwatch.policy",
                        List.of(rule),
                        "drainwatch.windows.night.from",
                        "22:00"))
                .policy()
                .rules())
        .containsExactly(
            new PolicyRule(
                "policy[0]",
                List.of("Reboot", "Redeploy"),
                Optional.of(EventSource.PLATFORM),
                Optional.of(Duration.ofSeconds(10)),
                Optional.of(Duration.ofMinutes(30)),
                Optional.of(PolicyAction.DRAIN),
                Optional.of(AcknowledgeWhen.EVEN_IF_FAILED),
                Optional.of(Duration.ofSeconds(90)),
                Optional.of(Duration.ofHours(1)),
                Optional.of(AtDeadline.LEAVE),
                Optional.of("night"),
                Optional.of(true)));
  }

  @ParameterizedTest(name = "{0} {1} acknowledge {2}: {3}")
  @CsvSource({
    "any,    cordon,  after-drain,    fault",
    "any,    cordon,  even-if-failed, fault",
    "any,    cordon,  immediately,    nothing",
    "any,    cordon,  never,          nothing",
    "any,    observe, after-drain,    fault",
    "any,    observe, immediately,    nothing",
    "any,    ignore,  immediately,    fault",
    "any,    ignore,  never,          nothing",
    "any,    drain,   immediately,    remark",
    "any,    drain,   after-drain,    nothing",
    "Freeze, -,       after-drain,    fault",
    "Freeze, -,       immediately,    nothing",
    "Reboot, -,       after-drain,    nothing",
    "Reboot, -,       immediately,    remark",
    "any,    -,       after-drain,    nothing",
  })
  void refusesAnAcknowledgementThatNeverHappens(
      String type, String action, String acknowledge, String expected) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("acknowledge", acknowledge);
    if (!type.equals("any")) {
      rule.put("type", type);
    }
    if (!action.equals("-")) {
      rule.put("action", action);
    }

    switch (expected) {
      case "fault" ->
          assertThat(onlyFault(policy(rule)))
              .satisfies(
                  fault -> {
                    assertThat(fault.key()).isEqualTo("drainwatch.policy[0].acknowledge");
                    assertThat(fault.reason()).startsWith("never happens");
                  });
      case "remark" -> assertThat(remarks(policy(rule))).hasSize(1);
      default -> assertThat(remarks(policy(rule))).isEmpty();
    }
  }

  @Test
  void refusesAWindowThatDoesNotExist() {
    Fault fault =
        onlyFault(
            Map.of(
                "drainwatch.policy[0].window", "nihgt", "drainwatch.windows.night.from", "22:00"));

    assertThat(fault.key()).isEqualTo("drainwatch.policy[0].window");
    assertThat(fault.reason()).isEqualTo("there is no such window; there is night");
  }

  @Test
  void refusesARuleThatCannotMatchOrSaysNothing() {
    assertThat(
            onlyFault(policy(Map.of("shortest", "10s", "longest", "9s", "action", "drain"))).key())
        .isEqualTo("drainwatch.policy[0].shortest");
    assertThat(onlyFault(policy(Map.of("type", "Reboot"))).reason()).startsWith("says nothing");
    assertThat(onlyFault(policy(Map.of())).key()).isEqualTo("drainwatch.policy[0]");
    assertThat(
            onlyFault(policy(Map.of("type", "Reboot", "types", "Reboot", "action", "drain")))
                .reason())
        .contains("one of the two");
    assertThat(onlyFault(policy(Map.of("source", "Operator", "action", "drain"))).reason())
        .isEqualTo("must be one of Platform, User, unknown");
    assertThat(onlyFault(policy(Map.of("margin", "PT-1S"))).reason()).isEqualTo("must be 0s to 1h");
  }

  @Test
  void refusesAStartAfterTheDeadline() {
    assertThat(onlyFault(policy(Map.of("start-before", "60s"))).reason())
        .startsWith("must be longer than the margin of 1m");
    assertThat(remarks(policy(Map.of("start-before", "61s")))).isEmpty();
    assertThat(remarks(policy(Map.of("start-before", "31s", "margin", "30s")))).isEmpty();
    assertThat(remarks(policy(Map.of("type", "Preempt", "start-before", "10s")))).hasSize(1);
  }

  @Test
  void remarksOnRulesThatHaveNoEffect() {
    assertThat(
            remarks(policy(Map.of("action", "drain"), Map.of("type", "Freeze", "action", "drain"))))
        .containsExactly("drainwatch.policy[0] matches every event: no rule after it counts");
    assertThat(remarks(policy(Map.of("type", "Frieze", "action", "drain")))).hasSize(1);
    assertThat(remarks(policy(Map.of("action", "observe", "drain-after-start", "true"))))
        .hasSize(1);
  }

  @Test
  void namesTheFaultsOfEveryRule() {
    assertThat(
            faults(
                policy(
                    Map.of("action", "drane"), Map.of("action", "drain"), Map.of("margin", "1"))))
        .extracting(Fault::key)
        .containsExactly("drainwatch.policy[0].action", "drainwatch.policy[2].margin");
  }

  @SafeVarargs
  private static Map<String, Object> policy(Map<String, Object>... rules) {
    return Map.of("drainwatch.policy", Arrays.asList(rules));
  }
}
