package io.drainwatch.watcher.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Reads that are expected to go well, or not. */
final class Readings {
  private Readings() {}

  static Reading.Read good(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return (Reading.Read) reading;
  }

  static DrainwatchSettings settings(Map<String, ?> values) {
    return good(SettingsReader.read(values)).settings();
  }

  static List<String> remarks(Map<String, ?> values) {
    return good(SettingsReader.read(values)).remarks();
  }

  static List<Fault> faults(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Faults.class);
    return ((Reading.Faults) reading).faults();
  }

  static List<Fault> faults(Map<String, ?> values) {
    return faults(SettingsReader.read(values));
  }

  static Fault onlyFault(Map<String, ?> values) {
    List<Fault> faults = faults(values);
    assertThat(faults).hasSize(1);
    return faults.getFirst();
  }
}
