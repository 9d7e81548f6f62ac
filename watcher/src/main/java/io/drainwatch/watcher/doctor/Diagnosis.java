package io.drainwatch.watcher.doctor;

import java.util.ArrayList;
import java.util.List;

/** What the facts mean, check by check. Pure. */
public final class Diagnosis {
  private Diagnosis() {}

  public static List<Finding> of(Facts facts) {
    List<Finding> findings = new ArrayList<>(ConfigurationCheck.of(facts.configuration()));
    facts
        .settled()
        .ifPresentOrElse(
            settled -> {
              findings.addAll(StateCheck.of(settled.state()));
              findings.addAll(
                  HooksCheck.of(settled.hooks(), settled.hasOtherScripts(), settled.dryRun()));
              settled.bosh().map(BoshCheck::of).ifPresent(findings::addAll);
              settled.slipstream().map(SlipStreamCheck::of).ifPresent(findings::addAll);
              findings.addAll(MetadataCheck.of(settled.metadata()));
              findings.addAll(VmCheck.of(settled, facts.machine()));
              findings.addAll(DaemonCheck.of(settled.daemon(), settled.state()));
              findings.addAll(ReceiversCheck.of(settled.receivers()));
              findings.addAll(
                  UserCheck.of(facts.machine(), settled.state(), facts.machine().systemd()));
            },
            () ->
                findings.add(
                    Finding.warning(
                        "not-looked-at",
                        "state directory, hooks, metadata service, VM, daemon",
                        "Put the configuration right first.")));
    findings.addAll(MachineCheck.of(facts.machine()));
    return List.copyOf(findings);
  }
}
