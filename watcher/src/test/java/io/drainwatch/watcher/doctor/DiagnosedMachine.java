package io.drainwatch.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.watcher.doctor.DaemonFacts.Listener;
import io.drainwatch.watcher.doctor.Finding.Result;
import io.drainwatch.watcher.doctor.StateFacts.Place;
import io.drainwatch.watcher.doctor.StateFacts.Record;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.MetadataStatus;
import io.drainwatch.watcher.events.PollResult;
import io.drainwatch.watcher.notify.Inspection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A machine where all is well, until a test changes one of its facts. */
abstract class DiagnosedMachine {
  private static final Path STATE = Path.of("/var/lib/drainwatch");
  static final long GIBIBYTE = 1L << 30;
  private static final VmFacts VM =
      new VmFacts(
          "vm_0",
          Optional.of("id"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  Place place = new Place.There(0, "root", "rwx------", true, true);
  OptionalLong lockedBy = OptionalLong.of(7);
  long free = GIBIBYTE;
  Record record = new Record.Empty();
  List<HookEntry> entries = List.of(entry(new Verdict.Runs()));
  List<String> unknown = List.of();
  Optional<BoshFacts> bosh = Optional.empty();
  Optional<SlipStreamFacts> slipstream = Optional.empty();
  Optional<Boolean> isAzure = Optional.of(true);
  Optional<String> route = Optional.of("eth0");
  Identity identity = new Identity.Found(VM);
  Optional<PollResult> poll = Optional.of(valid());
  Listener listener = new Listener.Drainwatch("1", List.of());
  int port = 9797;
  boolean hostIsOurs = true;
  List<Inspection> receivers = List.of();
  Optional<String> configuredName = Optional.empty();
  boolean dryRun = false;
  MachineFacts.Java java = new MachineFacts.Java(25, "25", GIBIBYTE, true, true, List.of());
  boolean setsid = true;
  MachineFacts.Clock clock = new MachineFacts.Clock(Optional.of("chronyd"), Optional.empty());
  MachineFacts.Systemd systemd =
      new MachineFacts.Systemd(true, Optional.of(Path.of("/unit")), true, Optional.empty());
  Optional<MachineFacts.TempDisk> tempDisk = Optional.empty();
  List<String> others = List.of();

  static HookEntry entry(Verdict verdict) {
    return new HookEntry(Path.of("/etc/drainwatch/hooks.d/drain/10-a"), verdict);
  }

  static PollResult valid(ScheduledEvent... events) {
    return new PollResult.Valid(
        new Document(OptionalLong.of(1), List.of(events), Instant.EPOCH), Duration.ZERO, true);
  }

  static ScheduledEvent reboot(String vm) {
    return Events.reboot("e").naming(vm).withoutNotBefore().event();
  }

  List<Finding> findings() {
    return Diagnosis.of(
        new Facts(
            new Facts.ConfigurationFacts(Optional.empty(), List.of(), List.of()),
            Optional.of(
                new Facts.Settled(
                    new StateFacts(STATE, place, lockedBy, OptionalLong.of(free), record),
                    new HookFacts(
                        List.of(Path.of("/etc/drainwatch/hooks.d")),
                        List.of(new HookListing(Hook.DRAIN, entries)),
                        unknown),
                    bosh,
                    slipstream,
                    new MetadataFacts(
                        URI.create("http://169.254.169.254"),
                        isAzure,
                        true,
                        route,
                        identity,
                        Duration.ofMillis(5),
                        poll.map(result -> new MetadataFacts.Polled(result, Duration.ofMillis(8))),
                        new MetadataStatus(ClientState.OK, "2020-07-01", true, Optional.empty(), 0),
                        List.of()),
                    new DaemonFacts("127.0.0.1", port, hostIsOurs, listener),
                    receivers,
                    Policy.defaults(),
                    dryRun,
                    configuredName)),
            new MachineFacts(0, "root", java, setsid, clock, systemd, tempDisk, others)));
  }

  /** The only finding that is not ok. */
  void finds(Result result, String check, String text) {
    assertThat(findings())
        .filteredOn(finding -> finding.result() != Result.OK)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.result()).isEqualTo(result);
              assertThat(finding.check()).isEqualTo(check);
              assertThat(finding.text()).contains(text);
              assertThat(finding.advice()).isNotEmpty();
            });
  }
}
