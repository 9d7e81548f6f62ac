package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.doctor.Facts.ConfigurationFacts;
import java.util.ArrayList;
import java.util.List;

/** Every fault and every remark of the configuration. */
final class ConfigurationCheck {
  private static final String NAME = "configuration";

  private ConfigurationCheck() {}

  static List<Finding> of(ConfigurationFacts facts) {
    List<Finding> findings = new ArrayList<>();
    facts
        .faults()
        .forEach(
            fault ->
                findings.add(
                    Finding.problem(NAME, fault, "Put it right: the daemon does not start so.")));
    facts
        .remarks()
        .forEach(remark -> findings.add(Finding.warning(NAME, remark, "Is that what you want?")));
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              NAME,
              facts.file().map(file -> file + " has no fault").orElse("no file, all defaults")));
    }
    return findings;
  }
}
