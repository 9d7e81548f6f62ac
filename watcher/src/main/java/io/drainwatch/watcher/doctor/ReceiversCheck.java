package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.notify.Inspection;
import java.util.ArrayList;
import java.util.List;

/** Sinks of notifications and the collector of traces, without sending them anything. */
final class ReceiversCheck {
  private static final String NAME = "receivers";

  private ReceiversCheck() {}

  /** Warnings at most: a machine is drained whether or not anybody is told. */
  static List<Finding> of(List<Inspection> receivers) {
    List<Finding> findings = new ArrayList<>();
    for (Inspection each : receivers) {
      each.faults()
          .forEach(
              fault ->
                  findings.add(
                      Finding.warning(
                          NAME,
                          each.name() + ": " + fault,
                          "Nothing reaches it until that is put right; the daemon's user must be"
                              + " able to read its files.")));
      each.unreachable()
          .ifPresent(
              why ->
                  findings.add(
                      Finding.warning(
                          NAME,
                          each.name() + ": " + why,
                          "Is the address right, and a proxy needed?")));
      if (each.faults().isEmpty() && each.unreachable().isEmpty()) {
        findings.add(
            Finding.ok(
                NAME, each.name() + " can be reached; drainwatch notify --test sends an example"));
      }
    }
    return findings;
  }
}
