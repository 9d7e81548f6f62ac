package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Takes documents in: which events are ours, which are new, which are over.
 *
 * <p>Only documents count, no timer: an event that is missing from one valid document is missing,
 * from two in a row it is gone for good. Errors are no documents, and an empty answer is no news
 * (I10).
 */
final class EventBook {
  /** Two empty answers further apart than this are no unbroken run. */
  private static final Duration UNBROKEN = Duration.ofSeconds(30);

  private EventBook() {}

  static void readFailed(Fold fold) {
    fold.empties(Optional.empty());
  }

  /** Some clusters answer so whenever nothing is pending: a lasting run counts as one document. */
  static void readNothing(Fold fold) {
    Watch.EmptyRun run =
        fold.empties()
            .filter(sofar -> !fold.now.isBefore(sofar.last()))
            .filter(sofar -> Duration.between(sofar.last(), fold.now).compareTo(UNBROKEN) <= 0)
            .map(sofar -> new Watch.EmptyRun(sofar.since(), fold.now))
            .orElseGet(() -> new Watch.EmptyRun(fold.now, fold.now));
    if (Duration.between(run.since(), fold.now).compareTo(fold.settings.emptyRun()) < 0) {
      fold.empties(Optional.of(run));
      return;
    }
    read(fold, new Document(OptionalLong.empty(), List.of(), fold.now));
    fold.empties(Optional.of(new Watch.EmptyRun(fold.now, fold.now)));
  }

  static void read(Fold fold, Document document) {
    fold.empties(Optional.empty());
    if (Duration.between(document.readAt(), fold.now).compareTo(LifecycleSettings.STALE_AFTER)
        > 0) {
      fold.say(Reason.STALE_DOCUMENT, "read at " + document.readAt());
      return;
    }
    boolean isNews = !fold.newest().map(Document::events).equals(Optional.of(document.events()));
    fold.newest(document);
    Optional<Machine> machine = fold.machine();
    if (machine.isEmpty()) {
      return;
    }
    fold.awaitDocument(false);
    List<ScheduledEvent> ours = ours(document, machine.get());
    fold.draft()
        .ifPresentOrElse(
            draft ->
                update(
                    draft, ours, isNews, known -> known.event().source() != EventSource.OPERATOR),
            () -> begin(fold, machine.get(), ours));
    PeerBook.read(fold, machine.get(), document, isNews);
  }

  /** Events of the newest document that name this VM. */
  static List<ScheduledEvent> ours(Optional<Document> newest, Machine machine) {
    return newest.map(document -> ours(document, machine)).orElse(List.of());
  }

  private static List<ScheduledEvent> ours(Document document, Machine machine) {
    Map<String, ScheduledEvent> byKey = new LinkedHashMap<>();
    document.events().stream()
        .filter(event -> event.names(machine.vmName()))
        .forEach(event -> byKey.putIfAbsent(event.key(), event));
    return List.copyOf(byKey.values());
  }

  static void begin(Fold fold, Machine machine, List<ScheduledEvent> ours) {
    List<TrackedEvent> wanted =
        ours.stream()
            .map(
                event ->
                    TrackedEvent.firstSeen(event, fold.settings.policy().ruleFor(event), fold.now))
            .filter(tracked -> tracked.rule().action() != PolicyAction.IGNORE)
            .sorted(Comparator.comparing(each -> each.deadline().orElse(Instant.MAX)))
            .limit(Roster.MOST_EVENTS)
            .toList();
    if (!wanted.isEmpty()) {
      Beginning.begin(fold, machine, wanted, Optional.empty());
    }
  }

  /**
   * @param told whose events this says the end of where it does not name them
   */
  static void update(
      Draft draft, List<ScheduledEvent> ours, boolean isNews, Predicate<TrackedEvent> told) {
    List<TrackedEvent> before = draft.driving();
    boolean wasMissing = draft.isMissing();
    Map<String, ScheduledEvent> byKey = new LinkedHashMap<>();
    ours.forEach(event -> byKey.put(event.key(), event));
    draft.changeEvents(
        told,
        tracked -> {
          ScheduledEvent newest = byKey.get(tracked.event().key());
          return newest == null ? tracked.missing() : seen(draft, tracked, newest);
        });
    if (draft.isBefore(MaintenanceState.RUNNING)) {
      join(draft, ours, isNews);
    }
    draft.record(Deadlines.after(draft.deadline(), before, draft.driving()));
    sayWhatChanged(draft, wasMissing);
  }

  private static TrackedEvent seen(Draft draft, TrackedEvent tracked, ScheduledEvent newest) {
    boolean startedEarly =
        newest.isStarted()
            && !tracked.hasStarted()
            && !tracked.acknowledgement().mayHaveCounted()
            && tracked.notBefore().map(draft.now::isBefore).orElse(false);
    if (startedEarly) {
      draft.say(Reason.STARTED_EARLY, tracked.event().id());
    }
    TrackedEvent now = tracked.seenAgain(newest);
    if (!now.equals(tracked) && draft.isBefore(MaintenanceState.RUNNING)) {
      draft.emit(new Action.RefreshContext());
    }
    return now;
  }

  private static void join(Draft draft, List<ScheduledEvent> ours, boolean isNews) {
    List<TrackedEvent> joining = new ArrayList<>();
    for (ScheduledEvent event : ours) {
      if (draft.event(event.key()).isEmpty()) {
        Rule rule = draft.settings.policy().ruleFor(event);
        if (rule.action() != PolicyAction.IGNORE) {
          joining.add(TrackedEvent.firstSeen(event, rule, draft.now));
        }
      }
    }
    for (TrackedEvent tracked : joining) {
      if (draft.add(tracked)) {
        draft.say(Reason.EVENT_JOINED, describe(tracked));
        sayUntilWhenItWaits(draft, tracked);
        draft.emit(new Action.RefreshContext());
      } else if (isNews) {
        draft.say(Reason.TOO_MANY_EVENTS, describe(tracked));
      }
    }
  }

  static void sayUntilWhenItWaits(Draft draft, TrackedEvent tracked) {
    if (tracked.takesOutOfService() && !DrainTrack.isDue(tracked, draft.settings, draft.now)) {
      draft.say(
          Reason.WAITING,
          tracked.event().id() + " until " + DrainTrack.dueAt(tracked, draft.settings, draft.now));
    }
  }

  private static void sayWhatChanged(Draft draft, boolean wasMissing) {
    boolean isMissing = draft.isMissing();
    if (draft.isOver() || isMissing == wasMissing || draft.isCancelled()) {
      return;
    }
    draft.say(
        isMissing ? Reason.EVENT_MISSING : Reason.EVENT_BACK,
        draft.acting().getFirst().event().id());
  }

  static String describe(TrackedEvent tracked) {
    ScheduledEvent event = tracked.event();
    return event.type()
        + " "
        + event.id()
        + ", "
        + (event.isStarted() ? "Started" : "Scheduled")
        + ", NotBefore "
        + tracked.notBefore().map(Object::toString).orElse("not given")
        + ", rule "
        + tracked.rule().name()
        + (event.source() == EventSource.RESOURCE_GRAPH ? ", known from Resource Graph" : "");
  }
}
