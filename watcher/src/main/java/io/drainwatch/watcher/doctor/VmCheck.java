package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.Rule;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.watcher.doctor.DaemonFacts.Listener;
import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.PollResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who this VM is, what is coming for it, and what its kind means. */
final class VmCheck {
  private static final long MEBIBYTE = 1024L * 1024;
  static final long HARDLY_USED = 64 * MEBIBYTE;
  private static final Duration SPOT_NOTICE = Duration.ofSeconds(30);

  private VmCheck() {}

  static List<Finding> of(Facts.Settled settled, MachineFacts machine) {
    List<Finding> findings = new ArrayList<>();
    if (settled.metadata().identity() instanceof Identity.Found(VmFacts vm)) {
      findings.add(identity(vm, settled.configuredName()));
      if (vm.priority().filter("Spot"::equalsIgnoreCase).isPresent()) {
        findings.add(spot(vm, settled.policy()));
      }
      document(settled)
          .ifPresent(
              document ->
                  findings.add(
                      pending(
                          document,
                          settled.configuredName().orElse(vm.name()),
                          settled.daemon().listener() instanceof Listener.Drainwatch)));
    }
    machine.tempDisk().ifPresent(disk -> findings.add(tempDisk(disk)));
    return findings;
  }

  private static Finding identity(VmFacts vm, Optional<String> configuredName) {
    String text = vm.name() + vm.vmId().map(id -> ", vmId " + id).orElse(", without a vmId");
    if (configuredName.filter(name -> !name.equalsIgnoreCase(vm.name())).isPresent()) {
      return Finding.warning(
          "identity",
          text + "; but drainwatch.vm-name says " + configuredName.get(),
          "Only events that name " + configuredName.get() + " are acted on: remove the setting.");
    }
    return vm.vmId().isPresent()
        ? Finding.ok("identity", text)
        : Finding.warning(
            "identity",
            text,
            "A record cannot be told from that of an earlier VM of this name; the boot id has to"
                + " do.");
  }

  private static Finding spot(VmFacts vm, Policy policy) {
    Rule rule = policy.ruleFor(preempt(vm));
    Duration fifth = SPOT_NOTICE.dividedBy(5);
    Duration margin = rule.margin().compareTo(fifth) < 0 ? rule.margin() : fifth;
    String text =
        "a Spot VM: an eviction gives 30 s at most, of which hooks have "
            + SPOT_NOTICE.minus(margin).toSeconds()
            + " s; it is "
            + (vm.isDeletedWhenEvicted() ? "deleted then" : "deallocated then");
    return rule.name().startsWith("default")
        ? Finding.warning(
            "spot",
            text,
            "Try them: drainwatch rehearse --event Preempt --notice 30s --hooks DIR; then set a"
                + " margin for Preempt in drainwatch.policy.")
        : Finding.ok("spot", text);
  }

  private static ScheduledEvent preempt(VmFacts vm) {
    return new ScheduledEvent(
        "doctor",
        false,
        EventKind.PREEMPT.word(),
        EventStatus.SCHEDULED,
        EventSource.PLATFORM,
        "VirtualMachine",
        List.of(vm.name()),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private static Optional<Document> document(Facts.Settled settled) {
    return settled
        .metadata()
        .poll()
        .map(MetadataFacts.Polled::result)
        .flatMap(
            result ->
                result instanceof PollResult.Valid valid
                    ? Optional.of(valid.document())
                    : Optional.empty());
  }

  private static Finding pending(Document document, String name, boolean watched) {
    List<ScheduledEvent> ours =
        document.events().stream().filter(event -> event.names(name)).toList();
    int others = document.events().size() - ours.size();
    String ofOthers = others == 0 ? "" : ", " + others + " for others";
    if (ours.isEmpty()) {
      return Finding.ok("pending-events", "none for this VM" + ofOthers);
    }
    String text = ours.stream().map(VmCheck::describe).collect(Collectors.joining("; ")) + ofOthers;
    return watched
        ? Finding.ok("pending-events", text)
        : Finding.warning(
            "pending-events", text, "Nobody drains for it: start the daemon. See drainwatch run.");
  }

  private static String describe(ScheduledEvent event) {
    return event.type()
        + " "
        + event.id()
        + event.notBefore().map(at -> " not before " + at).orElse("");
  }

  private static Finding tempDisk(MachineFacts.TempDisk disk) {
    String text =
        "the temp disk at "
            + disk.mountPoint()
            + " has "
            + disk.usedBytes() / MEBIBYTE
            + " MiB in use";
    return disk.usedBytes() < HARDLY_USED
        ? Finding.ok("temp-disk", text)
        : Finding.warning(
            "temp-disk",
            text + ": lost when the VM is redeployed, evicted or deleted",
            "Keep nothing there that a drain hook does not save.");
  }
}
