package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {
  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  static Stream<Arguments> wrong() {
    Map<String, Object> script = Map.of("key", "a", "hook", "drain", "name", "50");
    return Stream.of(
        Arguments.of("image.repository", "", "image.repository is empty"),
        Arguments.of("form", "both", "'controller', 'agent'"),
        Arguments.of("frm", "agent", "'frm' not allowed"),
        Arguments.of("watcher.hostnetwork", true, "'hostnetwork' not allowed"),
        Arguments.of("watcher.hostNetwork", "true", "got string, want boolean"),
        Arguments.of("watcher.privilege", "all", "'none', 'root', 'host'"),
        Arguments.of("watcher.stateDirectory.type", "pvc", "'emptyDir', 'hostPath'"),
        Arguments.of(
            "watcher.stateDirectory.hostPath", "var/lib", "/watcher/stateDirectory/hostPath"),
        Arguments.of("watcher.stateDirectory.sizeLimit", "much", "sizeLimit"),
        Arguments.of("drainer.replicas", 0, "/drainer/replicas"),
        Arguments.of("drainer.replicas", "two", "/drainer/replicas"),
        Arguments.of("http.port", 80, "/http/port"),
        Arguments.of("atDeadline", "kill", "'delete-pods', 'leave'"),
        Arguments.of("monitoring.kind", "Prometheus", "'PodMonitor', 'ServiceMonitor'"),
        Arguments.of("monitoring.interval", "often", "/monitoring/interval"),
        Arguments.of("image.digest", "sha256:1", "/image/digest"),
        Arguments.of("image.pullPolicy", "never", "'Never'"),
        Arguments.of("config", Map.of("drainwatch", Map.of()), "/config"),
        Arguments.of("commonLabels", Map.of("helm.sh/chart", "x"), "'helm.sh/chart'"),
        Arguments.of("networkPolicy.apiServer.cidrs", List.of("10.0.0.1"), "/cidrs/0"),
        Arguments.of("networkPolicy.apiServer.ports", List.of(), "/ports"),
        Arguments.of("hooks.scripts", Map.of("dran", Map.of("a", "#!/bin/sh")), "'dran'"),
        Arguments.of("hooks.scripts.drain", Map.of(".a", "#!/bin/sh"), "'.a'"),
        Arguments.of("hooks.scripts.drain", Map.of("a", "echo"), "/hooks/scripts/drain/a"),
        Arguments.of("hooks.hostDirectory", "hooks.d", "/hooks/hostDirectory"),
        Arguments.of("hooks.configMap.name", "ours", "hooks.configMap needs both"),
        Arguments.of("hooks.configMap.scripts", List.of(script), "hooks.configMap needs both"),
        Arguments.of(
            "hooks.configMap",
            Map.of("name", "ours", "scripts", List.of(script, script)),
            "two scripts are to be drain/50"),
        Arguments.of(
            "hooks",
            Map.of("hostDirectory", "/opt/h", "scripts", Map.of("drain", Map.of("a", "#!/bin/sh"))),
            "hooks.hostDirectory excludes"),
        Arguments.of(
            "watcher.extraEnv",
            List.of(Map.of("name", "DRAINWATCH_STATE_DIR", "value", "/x")),
            "watcher.extraEnv: DRAINWATCH_STATE_DIR is set by the chart"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("wrong")
  void refuses(String key, Object value, String why) {
    assertThat(Chart.refusal(Values.least().with(key, value)))
        .hasValueSatisfying(message -> assertThat(message).contains(why));
  }

  @Test
  void refusesToDeletePodsWithoutTheVerb() {
    Values values =
        Values.least()
            .with("atDeadline", "leave")
            .with("config.policy", List.of(Map.of("type", "Reboot", "at-deadline", "delete-pods")));

    assertThat(Chart.refusal(values))
        .hasValueSatisfying(
            why -> assertThat(why).contains("config.policy[0] says at-deadline: delete-pods"));
  }

  @Test
  void refusesToWaitForVolumesWithoutTheVerb() {
    Values values = Values.least().with("config.kubernetes.eviction.wait-for-detach", true);

    assertThat(Chart.refusal(values))
        .hasValueSatisfying(why -> assertThat(why).contains("permissions.volumeAttachments"));
    assertThat(Chart.refusal(values.with("permissions.volumeAttachments", true))).isEmpty();
  }

  @Test
  void refusesToLookAtOtherNodesWithoutTheVerb() {
    Values values = Values.least().with("config.kubernetes.other-nodes", true);

    assertThat(Chart.refusal(values))
        .hasValueSatisfying(why -> assertThat(why).contains("permissions.listNodes"));
    assertThat(Chart.refusal(values.with("permissions.listNodes", true))).isEmpty();
  }

  @Test
  void refusesToReadBudgetsByASecondSwitch() {
    assertThat(
            Chart.refusal(
                Values.least()
                    .with("permissions.podDisruptionBudgets", true)
                    .with("config.kubernetes.eviction.read-budgets", false)))
        .hasValueSatisfying(why -> assertThat(why).contains("permissions.podDisruptionBudgets"));
  }

  @Test
  void refusesAPolicyThatWouldBypassTheOneThatLeavesPods() {
    Values values =
        Values.least()
            .with(
                "watcher.extraEnv",
                List.of(Map.of("name", "DRAINWATCH_POLICY_0_TYPE", "value", "Reboot")));

    assertThat(Chart.refusal(values)).isEmpty();
    assertThat(Chart.refusal(values.with("atDeadline", "leave")))
        .hasValueSatisfying(why -> assertThat(why).contains("DRAINWATCH_POLICY_0_TYPE"));
  }

  @Test
  void refusesTheAdmissionPolicyWhereThereIsNone() {
    assertThat(Chart.refusal(Values.least(), "1.29.4"))
        .hasValueSatisfying(
            why -> assertThat(why).contains("admissionPolicy.enabled needs Kubernetes 1.30"));
    assertThat(Chart.refusal(Values.least().with("admissionPolicy.enabled", false), "1.29.4"))
        .isEmpty();
    assertThat(Chart.refusal(Values.least(), "1.30.0")).isEmpty();
    assertThat(Chart.refusal(Values.least().with("admissionPolicy.enabled", false), "1.26.0"))
        .hasValueSatisfying(why -> assertThat(why).contains("kubeVersion"));
  }

  @Test
  void standInTheSchemaAndOnlyThere() throws IOException {
    Set<String> known = new HashSet<>();
    keysOfSchema("", Chart.schema(), known);
    Set<String> written = new HashSet<>();
    keysOfValues("", Chart.defaults(), Chart.schema(), written);

    known.remove("global");
    assertThat(written).containsExactlyInAnyOrderElementsOf(known);
  }

  private static void keysOfSchema(String prefix, JsonNode schema, Set<String> found) {
    if (isClosed(schema)) {
      for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
        String key = prefix + each.getKey();
        found.add(key);
        keysOfSchema(key + ".", each.getValue(), found);
      }
    }
  }

  private static void keysOfValues(
      String prefix, JsonNode values, JsonNode schema, Set<String> found) {
    for (Map.Entry<String, JsonNode> each : values.properties()) {
      String key = prefix + each.getKey();
      found.add(key);
      JsonNode inside = schema.path("properties").path(each.getKey());
      if (isClosed(inside)) {
        keysOfValues(key + ".", each.getValue(), inside, found);
      }
    }
  }

  private static boolean isClosed(JsonNode schema) {
    return schema.has("additionalProperties")
        && schema.path("additionalProperties").isBoolean()
        && !schema.path("additionalProperties").asBoolean();
  }

  /** Each key that the schema knows has a remark above it. */
  @Test
  void areExplainedOneByOne() throws IOException {
    Set<String> known = new HashSet<>();
    keysOfSchema("", Chart.schema(), known);
    Set<String> names = new HashSet<>();
    known.forEach(key -> names.add(key.substring(key.lastIndexOf('.') + 1)));
    names.removeAll(Set.of("requests", "limits", "type", "rollingUpdate"));
    List<String> silent = new ArrayList<>();
    String before = "";
    for (String line : Files.readAllLines(Chart.DIRECTORY.resolve("values.yaml"))) {
      String key = line.strip().replaceFirst(":.*", "");
      if (line.contains(":") && names.contains(key) && !before.strip().startsWith("#")) {
        silent.add(line);
      }
      before = line;
    }

    assertThat(silent).isEmpty();
  }
}
