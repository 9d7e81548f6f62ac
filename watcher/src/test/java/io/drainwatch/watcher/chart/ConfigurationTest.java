package io.drainwatch.watcher.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.AtDeadline;
import io.drainwatch.drainer.maintenance.PolicyRule;
import io.drainwatch.watcher.configuration.AzureIdentitySettings;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon reads what the chart writes. */
class ConfigurationTest {
  @TempDir Path directory;

  @BeforeAll
  static void needsHelm() {
    Chart.assumeHelm();
  }

  @Test
  void isAllDefaultsWhereNothingIsSaid() throws IOException {
    assertThat(read(Values.least())).isEqualTo(DrainwatchSettings.defaults());
  }

  @Test
  void saysWhoseIdentityAsksAzure() throws IOException {
    Values values =
        Values.least()
            .with("azure.workloadIdentity.enabled", true)
            .with("azure.workloadIdentity.clientId", "00000000-0000-0000-0000-00000000000b");

    assertThat(read(values).azureIdentity().credential())
        .isEqualTo(AzureIdentitySettings.Credential.WORKLOAD_IDENTITY);
  }

  @Test
  void arrivesAsItWasWritten() throws IOException {
    DrainwatchSettings settings =
        read(
            Values.least()
                .with("config.dry-run", true)
                .with("config.history.entries", 1_000)
                .with("config.compat.drainsafe", "off")
                .with("config.metadata.poll-interval", "500ms")
                .with(
                    "config.windows.night",
                    Map.of("from", "22:00", "to", "06:00", "except", List.of("2026-12-24")))
                .with("config.policy", List.of(Map.of("type", "Reboot", "window", "night")))
                .with(
                    "config.kubernetes.pod-rules",
                    List.of(Map.of("labels", "app in (a, b)", "behaviour", "skip"))));

    assertThat(settings.history().entries()).isEqualTo(1_000);
    assertThat(settings.windows()).containsOnlyKeys("night");
    assertThat(settings.policy().rules()).hasSize(1);
    assertThat(settings.kubernetes().podRules()).hasSize(1);
    assertThat(settings).isNotEqualTo(DrainwatchSettings.defaults());
  }

  @Test
  void leavesPodsInEveryRuleWhereTheRoleForbidsToDeleteThem() throws IOException {
    DrainwatchSettings settings =
        read(
            Values.least()
                .with("atDeadline", "leave")
                .with(
                    "config.policy",
                    List.of(
                        Map.of("type", "Reboot", "action", "drain"),
                        Map.of("type", "Preempt", "at-deadline", "leave"))));

    assertThat(settings.policy().rules())
        .hasSize(3)
        .extracting(PolicyRule::atDeadline)
        .containsOnly(Optional.of(AtDeadline.LEAVE));
    assertThat(settings.policy().rules().getLast().types()).as("any type").isEmpty();
  }

  @Test
  void readsBudgetsWhereTheRoleAllowsIt() throws IOException {
    Values values = Values.least().with("config.kubernetes.eviction.most-in-flight", 7);
    assertThat(read(values).kubernetes().eviction().readBudgets()).isFalse();
    var eviction =
        read(values.with("permissions.podDisruptionBudgets", true)).kubernetes().eviction();
    assertThat(eviction.readBudgets()).isTrue();
    assertThat(eviction.mostInFlight()).isEqualTo(7);
  }

  @Test
  void asksAzureWhereThatIsSwitchedOn() throws IOException {
    Values values =
        Values.least()
            .with("config.azure.looks-per-minute", 7)
            .with("azure.lookAfter", "90s")
            .with("azure.protectInstances", true)
            .with("azure.acknowledgeForLostWatchers", false)
            .with("azure.resourceGraphInterval", "30s");
    assertThat(read(values).azure().enabled()).isFalse();
    var azure = read(values.with("azure.enabled", true)).azure();
    assertThat(azure.enabled()).isTrue();
    assertThat(azure.looksPerMinute()).isEqualTo(7);
    assertThat(azure.lookAfter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(azure.protectInstances()).isTrue();
    assertThat(azure.acknowledgeForLostWatchers()).isFalse();
    Values standsIn = values.with("azure.acknowledgeForLostWatchers", true);
    assertThat(read(standsIn.with("azure.enabled", true)).azure().acknowledgeForLostWatchers())
        .isTrue();
    assertThat(Chart.refusal(standsIn))
        .hasValueSatisfying(why -> assertThat(why).contains("needs azure.enabled"));
    assertThat(azure.graphEvents()).isFalse();
    assertThat(azure.graphInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(
            read(values.with("azure.enabled", true).with("azure.resourceGraphEvents", true))
                .azure()
                .graphEvents())
        .isTrue();
    assertThat(Chart.refusal(Values.least().with("azure.resourceGraphEvents", true)))
        .hasValueSatisfying(why -> assertThat(why).contains("needs azure.enabled"));
    assertThat(Chart.refusal(Values.least().with("form", "agent").with("azure.enabled", true)))
        .hasValueSatisfying(why -> assertThat(why).contains("azure.enabled needs form controller"));
    assertThat(Chart.refusal(Values.least().with("config.azure.enabled", true)))
        .hasValueSatisfying(
            why -> assertThat(why).contains("config.azure.enabled is set by the chart"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30s", "9999s", "1m", "999m", "1h", "24h", "1d"})
  void takesNoTimeThatTheProgramWouldNot(String lookAfter) throws IOException {
    assertThat(read(Values.least().with("azure.lookAfter", lookAfter)).azure().lookAfter())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "10s", "29s", "0m", "25h", "2d", "5"})
  void refusesATimeThatTheProgramWouldRefuse(String lookAfter) {
    assertThat(Chart.refusal(Values.least().with("azure.lookAfter", lookAfter)))
        .hasValueSatisfying(why -> assertThat(why).contains("lookAfter"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"15s", "60s", "3600s", "1m", "60m", "1h"})
  void takesNoIntervalThatTheProgramWouldNot(String interval) throws IOException {
    Values values =
        Values.least()
            .with("azure.enabled", true)
            .with("azure.resourceGraphEvents", true)
            .with("azure.resourceGraphInterval", interval);
    assertThat(read(values).azure().graphInterval()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "14s", "3601s", "61m", "2h", "1d", "60"})
  void refusesAnIntervalThatTheProgramWouldRefuse(String interval) {
    assertThat(Chart.refusal(Values.least().with("azure.resourceGraphInterval", interval)))
        .hasValueSatisfying(why -> assertThat(why).contains("resourceGraphInterval"));
  }

  @Test
  void isNotToSayWhatTheChartSays() {
    assertThat(Chart.refusal(Values.least().with("config.state-dir", "/x")))
        .hasValueSatisfying(
            why -> assertThat(why).contains("config.state-dir is set by the chart"));
    assertThat(Chart.refusal(Values.least().with("config.kubernetes.form", "agent")))
        .hasValueSatisfying(
            why -> assertThat(why).contains("config.kubernetes.form is set by the chart"));
  }

  /** In both pods of both forms: what the chart tells them is known, and fits. */
  @ParameterizedTest
  @ValueSource(strings = {"controller", "agent"})
  void arrivesByTheVariablesToo(String form) {
    for (PodTemplateSpec pod : Chart.render(Values.least().with("form", form)).pods()) {
      Map<String, String> environment =
          Manifests.container(pod).getEnv().stream()
              .collect(
                  Collectors.toMap(
                      EnvVar::getName, each -> each.getValue() == null ? "x1" : each.getValue()));
      Reading reading =
          LoadedSettings.load(Optional.empty(), environment, new Properties()).reading();

      assertThat(reading).isInstanceOf(Reading.Read.class);
      DrainwatchSettings settings = ((Reading.Read) reading).settings();
      assertThat(settings.kubernetes().form()).hasToString(form.toUpperCase(Locale.ROOT));
      assertThat(settings.kubernetes().toString()).contains("x1");
      assertThat(settings.stateDir()).isEqualTo(Path.of("/var/lib/drainwatch/state"));
      assertThat(settings.server().host()).isEqualTo("0.0.0.0");
    }
  }

  private DrainwatchSettings read(Values values) throws IOException {
    ConfigMap map =
        Chart.render(values).named(ConfigMap.class, "dw-drainwatch-config").orElseThrow();
    Path file =
        Files.writeString(directory.resolve("drainwatch.yml"), map.getData().get("drainwatch.yml"));
    Reading reading = LoadedSettings.load(Optional.of(file), Map.of(), new Properties()).reading();
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).settings();
  }
}
