package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static io.drainwatch.watcher.configuration.Readings.remarks;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code drainwatch.azure.*}. */
class ClusterAzureReaderTest {
  private static final String SECTION = "drainwatch.azure.";
  private static final String ENABLED = SECTION + "enabled";
  private static final String STAND_IN = SECTION + "acknowledge-for-lost-watchers";
  private static final String GRAPH = SECTION + "resource-graph-events";
  private static final String PROTECT = SECTION + "protect-instances";

  @Test
  void isOffUnlessSwitchedOn() {
    assertThat(settings(Map.of()).azure()).isEqualTo(ClusterAzureSettings.off());
    assertThat(settings(Map.of()).azure().enabled()).isFalse();
  }

  @Test
  void readsAll() {
    assertThat(
            settings(
                    Map.of(
                        ENABLED,
                        true,
                        SECTION + "look-after",
                        "2m",
                        SECTION + "looks-per-minute",
                        5,
                        PROTECT,
                        true,
                        GRAPH,
                        true,
                        SECTION + "resource-graph-interval",
                        "15s",
                        STAND_IN,
                        true))
                .azure())
        .isEqualTo(
            new ClusterAzureSettings(
                true, Duration.ofMinutes(2), 5, true, true, Duration.ofSeconds(15), true));
  }

  @ParameterizedTest
  @CsvSource({
    "enabled, perhaps",
    "look-after, 1s",
    "look-after, soon",
    "looks-per-minute, 0",
    "looks-per-minute, 601",
    "protect-instances, 1",
    "acknowledge-for-lost-watchers, now",
    "resource-graph-events, perhaps",
    "resource-graph-interval, 14s",
    "resource-graph-interval, 2h"
  })
  void refusesWhatCannotBe(String key, String value) {
    assertThat(onlyFault(Map.of(SECTION + key, value)).key()).isEqualTo(SECTION + key);
  }

  @Test
  void acknowledgesForNobodyWithoutAzure() {
    assertThat(onlyFault(Map.of(STAND_IN, true)).key()).isEqualTo(STAND_IN);
    assertThat(onlyFault(Map.of(STAND_IN, true, ENABLED, false)).key()).isEqualTo(STAND_IN);
    assertThat(settings(Map.of(ENABLED, true)).azure().acknowledgeForLostWatchers()).isFalse();
  }

  @Test
  void isNotAskedAsWhoeverIsLoggedIn() {
    assertThat(onlyFault(Map.of(ENABLED, true, SECTION + "credential", "cli")).key())
        .isEqualTo(SECTION + "credential");
  }

  @Test
  void refusesResourceGraphWhereAzureIsNotSwitchedOn() {
    assertThat(settings(Map.of()).azure().graphEvents()).isFalse();
    assertThat(settings(Map.of()).azure().graphInterval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(onlyFault(Map.of(GRAPH, true)).key()).isEqualTo(GRAPH);
  }

  @Test
  void saysWhatHasNoEffect() {
    String form = "drainwatch.kubernetes.form";
    assertThat(remarks(Map.of(ENABLED, true))).anyMatch(each -> each.contains("without a drainer"));
    assertThat(remarks(Map.of(form, "controller", ENABLED, true, PROTECT, true))).isEmpty();
    assertThat(
            remarks(
                Map.of(
                    form, "controller", ENABLED, true, PROTECT, true, "drainwatch.dry-run", true)))
        .anyMatch(each -> each.contains("no effect with drainwatch.dry-run"));
    assertThat(
            remarks(
                Map.of(
                    form, "controller", ENABLED, true, STAND_IN, true, "drainwatch.dry-run", true)))
        .anyMatch(each -> each.contains(STAND_IN + " has no effect"));
    assertThat(remarks(Map.of(PROTECT, true))).anyMatch(each -> each.contains("enabled is false"));
  }
}
