package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.ShownTime;
import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.report.MaintenanceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of the page: template {@code status-live}.
 *
 * @param title of the window
 * @param say a sentence for who does not see the page; said again only when it changes
 * @param nowMillis the clock that times are counted by
 * @param every the content is to be fetched again after so many seconds at the latest
 * @param alarms what keeps Drainwatch from its work
 * @param steps empty: no maintenance
 * @param outputNote why no output of hooks is shown; empty: it is
 */
record StatusView(
    String title,
    String say,
    long nowMillis,
    int every,
    String version,
    List<String> alarms,
    Now now,
    List<Step> steps,
    String outputNote,
    List<EventView> events,
    List<NoticeView> notices,
    List<Commands.Command> commands,
    List<Fact> facts,
    List<PastView> past,
    String pastNote) {
  private static final int MOST_EVENTS = 20;
  private static final int MOST_NOTICES = 12;

  /** While hooks run there is output; else what the stream tells is enough. */
  private static final int EVERY_IN_A_MAINTENANCE = 2;

  private static final int EVERY = 10;

  /** A name and what is known of it. */
  record Fact(String name, String text) {}

  static StatusView of(Known known) {
    MaintenanceStatus status = known.status();
    Optional<EpisodeStatus> episode = status.maintenance();
    Now now = episode.map(each -> Now.of(each, status.at())).orElseGet(Now::nothing);
    String vm = vm(status);
    return new StatusView(
        now.badge().text() + ": " + vm,
        now.badge().text() + ". " + now.headline() + ". " + now.next(),
        status.at().toEpochMilli(),
        episode.isPresent() ? EVERY_IN_A_MAINTENANCE : EVERY,
        status.version(),
        alarms(known),
        now,
        episode.map(each -> Timeline.of(known, each)).orElse(List.of()),
        episode.isPresent() && !known.showsOutput()
            ? "What hooks print is shown where only this machine can look (127.0.0.1); it is in the"
                + " log."
            : "",
        episode.stream()
            .flatMap(each -> each.events().stream())
            .limit(MOST_EVENTS)
            .map(EventView::of)
            .toList(),
        episode.isPresent()
            ? known.trace().notices().stream().limit(MOST_NOTICES).map(NoticeView::of).toList()
            : List.of(),
        Commands.of(episode),
        facts(status),
        known.past().stream().map(PastView::of).toList(),
        known.pastFault().orElse(known.past().isEmpty() ? "No maintenance is over yet." : ""));
  }

  static String vm(MaintenanceStatus status) {
    return status.vm().map(vm -> ShownText.of(vm.name(), 100)).orElse("VM not known yet");
  }

  private static List<String> alarms(Known known) {
    List<String> alarms = new ArrayList<>();
    known.readiness().reasons().stream()
        .filter(reason -> !reason.reason().equals("warming"))
        .forEach(reason -> alarms.add(ShownText.of(reason.detail())));
    known
        .status()
        .maintenance()
        .flatMap(EpisodeStatus::held)
        .ifPresent(held -> alarms.add("Held: " + ShownText.of(held)));
    return alarms;
  }

  private static List<Fact> facts(MaintenanceStatus status) {
    List<Fact> facts = new ArrayList<>();
    status
        .vm()
        .flatMap(MaintenanceStatus.Vm::vmId)
        .ifPresent(id -> facts.add(new Fact("VM id", ShownText.of(id, 100))));
    status
        .metadata()
        .ifPresent(metadata -> facts.add(new Fact("Metadata service", text(metadata))));
    status
        .lastDocumentAt()
        .ifPresent(
            at ->
                facts.add(
                    new Fact(
                        "Newest document",
                        ShownTime.moment(at)
                            + ", "
                            + ShownTime.seconds(Duration.between(at, status.at()))
                            + " ago")));
    if (status.eventsOfOtherVms() > 0) {
      facts.add(new Fact("Events of other VMs", Integer.toString(status.eventsOfOtherVms())));
    }
    return facts;
  }

  private static String text(MaintenanceStatus.Metadata metadata) {
    return metadata.state()
        + ", version "
        + metadata.apiVersion()
        + (metadata.versionConfirmed() ? "" : " (not confirmed)")
        + (metadata.failuresInARow() == 0
            ? ""
            : ", " + metadata.failuresInARow() + " failures in a row");
  }

  // jmustache asks a list whether it is empty only as a section of its own
  boolean hasSteps() {
    return !steps.isEmpty();
  }

  boolean hasNotices() {
    return !notices.isEmpty();
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }
}
