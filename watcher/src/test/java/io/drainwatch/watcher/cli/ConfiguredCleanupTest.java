package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.configuration.SettingsReader;
import io.drainwatch.watcher.drainer.CleanupSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the drainer makes of {@code drainwatch.scale-down.*}. */
class ConfiguredCleanupTest {

  private static Optional<CleanupSettings> cleanup(Map<String, ?> more) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "drainwatch.kubernetes.form", "controller",
                "drainwatch.kubernetes.namespace", "ops",
                "drainwatch.kubernetes.pod-name", "drainer-a"));
    values.putAll(more);
    DrainwatchSettings settings = ((Reading.Read) SettingsReader.read(values)).settings();
    return ConfiguredDrainer.settings(settings).cleanup();
  }

  @Test
  void isThereOnlyWhereItIsSwitchedOn() {
    assertThat(cleanup(Map.of())).isEmpty();
    assertThat(cleanup(Map.of("drainwatch.scale-down.enabled", true)))
        .hasValueSatisfying(
            it -> {
              assertThat(it.scope()).isEqualTo(Scope.of("ops"));
              assertThat(it.holder()).matches("drainer-a_[0-9a-f-]{36}");
            });
  }

  @Test
  void aDryRunCleansUpNothing() {
    assertThat(cleanup(Map.of("drainwatch.scale-down.enabled", true, "drainwatch.dry-run", true)))
        .isEmpty();
  }

  @Test
  void knowsOwnAllAndNames() {
    String enabled = "drainwatch.scale-down.enabled";
    String namespaces = "drainwatch.scale-down.namespaces";
    assertThat(cleanup(Map.of(enabled, true, namespaces, "all")).orElseThrow().scope())
        .isEqualTo(Scope.all());
    assertThat(
            cleanup(Map.of(enabled, true, namespaces, List.of("shop", "own", "ops")))
                .orElseThrow()
                .scope())
        .isEqualTo(Scope.of("shop", "ops"));
  }
}
