package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static io.drainwatch.watcher.configuration.Readings.remarks;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code drainwatch.scale-down.*}. */
class ScaleDownReaderTest {
  private static final String ENABLED = "drainwatch.scale-down.enabled";
  private static final String NAMESPACES = "drainwatch.scale-down.namespaces";

  @Test
  void isOffUnlessSwitchedOn() {
    assertThat(settings(Map.of()).scaleDown())
        .isEqualTo(new ScaleDownSettings(false, List.of("own")));
  }

  @Test
  void readsNamespacesAsAListOrWithCommas() {
    assertThat(settings(Map.of(ENABLED, true, NAMESPACES, List.of("shop", "own"))).scaleDown())
        .isEqualTo(new ScaleDownSettings(true, List.of("shop", "own")));
    assertThat(settings(Map.of(ENABLED, true, NAMESPACES, "shop,billing")).scaleDown().namespaces())
        .containsExactly("shop", "billing");
    assertThat(settings(Map.of(ENABLED, true, NAMESPACES, "all")).scaleDown().namespaces())
        .containsExactly("all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shop", "all,shop", "a.b", "-"})
  void refusesWhatIsNone(String namespaces) {
    assertThat(onlyFault(Map.of(ENABLED, true, NAMESPACES, namespaces)).key())
        .startsWith(NAMESPACES);
  }

  @Test
  void refusesNowhere() {
    assertThat(onlyFault(Map.of(ENABLED, true, NAMESPACES, List.of())).key()).isEqualTo(NAMESPACES);
  }

  @Test
  void saysWhatHasNoEffect() {
    String form = "drainwatch.kubernetes.form";
    assertThat(remarks(Map.of(ENABLED, true))).anyMatch(each -> each.contains("without a drainer"));
    assertThat(remarks(Map.of(form, "controller", ENABLED, true))).isEmpty();
    assertThat(remarks(Map.of(form, "controller", ENABLED, true, "drainwatch.dry-run", true)))
        .anyMatch(each -> each.contains("no effect with drainwatch.dry-run"));
    assertThat(remarks(Map.of(NAMESPACES, "all")))
        .anyMatch(each -> each.contains("enabled is false"));
  }
}
