package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.good;
import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static io.drainwatch.watcher.configuration.Readings.remarks;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.pods.LabelSelector.Operator;
import io.drainwatch.drainer.pods.LabelSelector.Requirement;
import io.drainwatch.drainer.pods.OwnerSelector;
import io.drainwatch.drainer.pods.PodBehaviour;
import io.drainwatch.drainer.pods.PodRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodRulesReaderTest {
  private static final String KEY = "drainwatch.kubernetes.pod-rules";

  private static List<PodRule> rules(Map<String, ?> values) {
    return settings(values).kubernetes().podRules();
  }

  private static PodRule rule(Map<String, ?> rule) {
    return rules(Map.of(KEY, List.of(rule))).getFirst();
  }

  private static LabelSelector labels(String text) {
    return rule(Map.of("labels", text, "behaviour", "skip")).labels();
  }

  @Test
  void readsRulesInFileOrder() {
    List<PodRule> rules =
        rules(
            Map.of(
                KEY,
                List.of(
                    Map.of(
                        "name",
                        "queues",
                        "labels",
                        "app=queue",
                        "namespaces",
                        List.of("shop", "mail"),
                        "owners",
                        List.of("StatefulSet.apps", "Job", "ReplicationController."),
                        "behaviour",
                        "wait-completed",
                        "order",
                        -10),
                    Map.of("order", 5))));

    assertThat(rules)
        .containsExactly(
            new PodRule(
                "queues",
                new LabelSelector(
                    Map.of(), List.of(new Requirement("app", Operator.IN, List.of("queue")))),
                List.of("shop", "mail"),
                List.of(
                    new OwnerSelector("StatefulSet", Optional.of("apps")),
                    new OwnerSelector("Job", Optional.empty()),
                    new OwnerSelector("ReplicationController", Optional.of(""))),
                Optional.of(PodBehaviour.WAIT_COMPLETED),
                -10),
            new PodRule(
                "pod-rules[1]",
                LabelSelector.EVERYTHING,
                List.of(),
                List.of(),
                Optional.empty(),
                5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app=web                         | app=web
          app == web                      | app=web
          app=                            | app=
          app!=web                        | app!=web
          app.kubernetes.io/name in (a,b) | app.kubernetes.io/name in (a,b)
          tier in ( a ), x                | tier=a,x
          tier notin (a, b), !canary, x_y | tier notin (a,b),!canary,x_y
          ! canary                        | !canary
          """)
  void takesSelectorsAsKubectlDoes(String given, String printed) {
    assertThat(LabelText.print(labels(given))).isEqualTo(printed);
    assertThat(labels(printed)).isEqualTo(labels(given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "a=b,",
        "a in ()",
        "a in (b",
        "a in b",
        "a=b=c",
        "a>1",
        "-a",
        "a=-",
        "a b",
        "!",
        "!a=b",
        "a in (b,,c)",
        "A/b",
        "ä=b"
      })
  void refusesWhatKubectlWouldNotTake(String text) {
    assertThat(onlyFault(Map.of(KEY, List.of(Map.of("labels", text, "order", 1)))).toString())
        .contains("pod-rules[0].labels", "kubectl");
  }

  @Test
  void saysAllFaultsAtOnce() {
    List<Fault> faults =
        faults(
            Map.of(
                KEY,
                List.of(
                    Map.of("labels", "a in", "behaviour", "evict"),
                    Map.of("namespaces", "Shop", "owners", "job", "order", 5_000),
                    Map.of("name", "nothing"),
                    Map.of("name", "pod-rules[0]", "order", 1, "label", "a=b"))));

    assertThat(faults)
        .extracting(Fault::key)
        .containsExactlyInAnyOrder(
            KEY + "[0].labels",
            KEY + "[0].behaviour",
            KEY + "[1].namespaces",
            KEY + "[1].owners",
            KEY + "[1].order",
            KEY + "[2]",
            KEY + "[3].name",
            KEY + "[3].label");
  }

  @Test
  void isAListAndNotAValue() {
    assertThat(onlyFault(Map.of(KEY, "skip")).toString()).contains("a list of rules is expected");
    assertThat(rules(Map.of(KEY, List.of()))).isEmpty();
  }

  @Test
  void labelsAreOneText() {
    Map<String, Object> rule = Map.of("labels", Map.of("app", "web"), "behaviour", "skip");

    assertThat(onlyFault(Map.of(KEY, List.of(rule))).toString())
        .contains("labels takes a value, not a section");
  }

  @Test
  void remarksOnRulesThatAreNeverReached() {
    assertThat(
            remarks(
                Map.of(
                    KEY,
                    List.of(
                        Map.of("name", "all", "behaviour", "drain"),
                        Map.of("labels", "a=b", "behaviour", "skip")))))
        .anyMatch(remark -> remark.contains("the rule all matches every pod"));
  }

  @Test
  void environmentVariablesReplaceTheWholeList() {
    Map<String, String> environment = new HashMap<>();
    environment.put("DRAINWATCH_KUBERNETES_POD_RULES_0_LABELS", "app in (a, b)");
    environment.put("DRAINWATCH_KUBERNETES_POD_RULES_0_BEHAVIOUR", "hold");
    environment.put("DRAINWATCH_KUBERNETES_POD_RULES_1_NAMESPACES_0", "shop");
    environment.put("DRAINWATCH_KUBERNETES_POD_RULES_1_OWNERS", "Job.batch,StatefulSet");
    environment.put("DRAINWATCH_KUBERNETES_POD_RULES_1_ORDER", "3");

    List<PodRule> rules =
        good(LoadedSettings.load(Optional.empty(), environment, new Properties()).reading())
            .settings()
            .kubernetes()
            .podRules();

    assertThat(rules).hasSize(2);
    assertThat(rules.getFirst().behaviour()).contains(PodBehaviour.HOLD);
    assertThat(rules.getLast().namespaces()).containsExactly("shop");
    assertThat(rules.getLast().owners()).hasSize(2);
  }
}
