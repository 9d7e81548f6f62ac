package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredNodeTest {

  // I3: it would be given back as if it were ours
  @ParameterizedTest(name = "mode {0}, drainsafe {1}: {2}")
  @CsvSource({
    "drain, read, READ",
    "drain, true, WRITE",
    "observe, read, OFF",
    "observe, true, OFF",
    "condition, read, OFF",
  })
  void takesOverNoCordonWhereAnotherToolActs(String mode, String compat, DrainSafeMode expected) {
    Map<String, String> environment =
        Map.of(
            "DRAINWATCH_KUBERNETES_FORM",
            "agent",
            "DRAINWATCH_KUBERNETES_NODE_NAME",
            "node-1",
            "DRAINWATCH_KUBERNETES_MODE",
            mode,
            "DRAINWATCH_COMPAT_DRAINSAFE",
            compat);
    DrainwatchSettings settings =
        switch (LoadedSettings.load(Optional.empty(), environment, new Properties()).reading()) {
          case Reading.Read read -> read.settings();
          case Reading.Faults faults -> throw new AssertionError(faults.message());
        };
    assertThat(ConfiguredNode.drainSafe(settings)).isEqualTo(expected);
  }
}
