package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alert rules and dashboard, behind their switches. */
class MonitoringTest {
  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  private static List<JsonNode> rules(Manifests manifests) {
    return manifests.raw().stream()
        .filter(each -> each.path("kind").asText().equals("PrometheusRule"))
        .toList();
  }

  @Test
  void installsNeitherUnlessAsked() {
    Manifests manifests = Chart.render(Values.least());
    assertThat(rules(manifests)).isEmpty();
    assertThat(manifests.named(ConfigMap.class, "dw-drainwatch-dashboard")).isEmpty();
  }

  @Test
  void installsTheRulesAsTheyStandInConfig() throws IOException {
    Manifests manifests =
        Chart.render(
            Values.least()
                .with("monitoring.rules", true)
                .with("monitoring.labels", Map.of("release", "prometheus")));
    assertThat(rules(manifests))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.path("apiVersion").asText()).isEqualTo("monitoring.coreos.com/v1");
              assertThat(rule.path("metadata").path("namespace").asText())
                  .isEqualTo(Chart.NAMESPACE);
              assertThat(rule.path("metadata").path("labels").path("release").asText())
                  .isEqualTo("prometheus");
              assertThat(rule.path("spec"))
                  .isEqualTo(
                      new YAMLMapper()
                          .readTree(Path.of("../config/prometheus/alerts.yaml").toFile()));
            });
  }

  @Test
  void installsTheDashboardAsItStandsInConfig() throws IOException {
    ConfigMap map =
        Chart.render(Values.least().with("monitoring.dashboard", true))
            .named(ConfigMap.class, "dw-drainwatch-dashboard")
            .orElseThrow();
    assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(map.getData().get("drainwatch.json")))
        .isEqualTo(json.readTree(Path.of("../config/grafana/dashboard.json").toFile()));
  }

  @Test
  void installsADashboardWithoutLabelsToo() {
    Map<String, Object> none = new HashMap<>();
    none.put("grafana_dashboard", null);
    assertThat(
            Chart.render(
                    Values.least()
                        .with("monitoring.dashboard", true)
                        .with("monitoring.dashboardLabels", none))
                .named(ConfigMap.class, "dw-drainwatch-dashboard")
                .orElseThrow()
                .getMetadata()
                .getLabels())
        .doesNotContainKey("grafana_dashboard");
  }
}
