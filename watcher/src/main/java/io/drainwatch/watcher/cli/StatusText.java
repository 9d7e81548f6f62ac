package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.operator.StandingText;
import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.report.MaintenanceStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** The status for people, one fact a line. */
final class StatusText {
  private final Lines lines;

  StatusText(PrintStream out) {
    lines = new Lines(out);
  }

  void print(String daemon, MaintenanceStatus status) {
    lines.add("Daemon", daemon);
    lines.add(
        "VM",
        status
            .vm()
            .map(vm -> vm.name() + vm.vmId().map(id -> ", vmId " + id).orElse(""))
            .orElse("not known yet"));
    status.metadata().ifPresent(metadata -> lines.add("Metadata", metadata(metadata)));
    status.lastDocumentAt().ifPresent(at -> lines.add("Last document", document(status, at)));
    status.recordFault().ifPresent(fault -> lines.add("Record", "cannot be written: " + fault));
    status.maintenance().ifPresentOrElse(this::maintenance, () -> lines.add("Maintenance", "none"));
  }

  private static String metadata(MaintenanceStatus.Metadata metadata) {
    return metadata.state()
        + ", version "
        + metadata.apiVersion()
        + (metadata.versionConfirmed() ? "" : " (not confirmed)")
        + (metadata.failuresInARow() == 0
            ? ""
            : ", " + metadata.failuresInARow() + " failures in a row");
  }

  private static String document(MaintenanceStatus status, Instant at) {
    long age = Math.max(0, Duration.between(at, status.at()).toSeconds());
    return moment(at)
        + ", "
        + age
        + " s ago"
        + (status.incarnation().isPresent()
            ? ", incarnation " + status.incarnation().getAsLong()
            : "")
        + (status.eventsOfOtherVms() == 0
            ? ""
            : ", " + status.eventsOfOtherVms() + " events of other VMs");
  }

  private void maintenance(EpisodeStatus maintenance) {
    lines.add("Maintenance", maintenance.id());
    lines.add("State", maintenance.state() + " since " + moment(maintenance.since()));
    lines.add("Deadline", deadline(maintenance));
    maintenance.events().forEach(event -> lines.add("Event", event(event)));
    maintenance.hooks().forEach(hook -> lines.add("Hook", hook(hook)));
    lines.add("Drain", drain(maintenance.drain()));
    maintenance.events().forEach(event -> lines.add("Acknowledged", acknowledged(event)));
    maintenance.held().ifPresent(held -> lines.add("Held", held));
  }

  private static String deadline(EpisodeStatus maintenance) {
    return maintenance
        .deadline()
        .map(
            at -> {
              long left = maintenance.secondsLeft().orElse(0L);
              return moment(at)
                  + ", "
                  + (left < 0 ? "passed " + -left + " s ago" : left + " s left");
            })
        .orElse("none");
  }

  private static String event(EpisodeStatus.EventStanding event) {
    return event.type()
        + " "
        + event.id()
        + ", "
        + (event.gone() ? "gone" : event.status())
        + ", source "
        + event.source()
        + event.notBefore().map(at -> ", not before " + moment(at)).orElse("")
        + ", rule "
        + event.rule()
        + " ("
        + event.action()
        + ")";
  }

  private static String acknowledged(EpisodeStatus.EventStanding event) {
    String word;
    if (event.acknowledged()) {
      word = "yes";
    } else if (event.acknowledge().equals("never")) {
      word = "no, and will not be";
    } else {
      word = "no (" + event.acknowledge() + ")";
    }
    return word
        + ", "
        + event.id()
        + (event.acknowledgeTries() > 0 ? ", tries: " + event.acknowledgeTries() : "")
        + event.notAcknowledgedBecause().map(why -> ": " + Lines.plain(why)).orElse("");
  }

  private static String hook(EpisodeStatus.HookStanding hook) {
    String scripts =
        hook.scripts().stream()
            .map(script -> script.name() + " " + StandingText.of(script))
            .collect(Collectors.joining("; "));
    return Lines.padded(hook.hook(), 13)
        + (scripts.isEmpty() ? (hook.listed() ? "no scripts" : "being looked for") : scripts)
        + (hook.aborted() ? " (stopped)" : "");
  }

  private static String drain(EpisodeStatus.DrainStanding drain) {
    return drain.outcome()
        + (drain.reason().isEmpty() ? "" : ": " + drain.reason())
        + (drain.left().isEmpty() ? "" : "; left: " + String.join(", ", drain.left()));
  }

  static String moment(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
