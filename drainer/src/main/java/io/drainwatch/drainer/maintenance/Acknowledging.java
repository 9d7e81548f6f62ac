package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether an event may be acknowledged, and when a failed try is repeated (lifecycle.md,
 * "Acknowledgement"; I1). The request goes out only after the episode, with this try in it, is on
 * disk.
 */
final class Acknowledging {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(16);

  /** The service does not answer, or wants its peace: not each second. */
  private static final Duration UNCONFIRMED_RETRY = Duration.ofSeconds(5);

  private static final Duration WITHHELD_RETRY = Duration.ofSeconds(30);

  private Acknowledging() {}

  /** Why an event is not acknowledged; empty: it may be. */
  static Optional<String> refusal(
      TrackedEvent tracked, Episode episode, LifecycleSettings settings) {
    ScheduledEvent event = tracked.event();
    if (settings.dryRun() != DryRun.OFF) {
      return Optional.of("dry-run");
    }
    if (event.source() == EventSource.OPERATOR) {
      return Optional.of("a drain by hand is nobody's to approve");
    }
    if (event.source() == EventSource.NODE_CONDITION) {
      return Optional.of(
          "it is known from a condition of the Node, and the metadata service is out of reach");
    }
    if (event.source() == EventSource.RESOURCE_GRAPH) {
      return Optional.of("it is known from Resource Graph, and the watcher does not tell of it");
    }
    if (!event.hasPlatformId()) {
      return Optional.of("the event has no id");
    }
    if (!event.names(episode.machine().vmName())) {
      return Optional.of("the event does not name this VM");
    }
    if (!event.kind().isAcknowledgeable()) {
      return Optional.of("type " + event.type() + " is never acknowledged");
    }
    if (event.status() != EventStatus.SCHEDULED) {
      return Optional.of("its status is not Scheduled");
    }
    if (!tracked.isInNewestDocument()) {
      return Optional.of("it is not in the newest document");
    }
    if (episode.cancelled() || episode.held().isPresent()) {
      return Optional.of("the maintenance is " + (episode.cancelled() ? "cancelled" : "held"));
    }
    if (!episode.state().isBefore(MaintenanceState.RUNNING)) {
      return Optional.of("the machine is on its way back");
    }
    return byPolicy(tracked, episode).or(() -> byOthers(tracked, episode, settings));
  }

  private static Optional<String> byPolicy(TrackedEvent tracked, Episode episode) {
    return switch (tracked.rule().acknowledge()) {
      case IMMEDIATELY -> Optional.empty();
      case NEVER -> Optional.of("rule " + tracked.rule().name() + " says never");
      case AFTER_DRAIN ->
          isDrained(tracked, episode) ? Optional.empty() : Optional.of("it is not drained");
      case EVEN_IF_FAILED ->
          isDrained(tracked, episode)
                  || (tracked.active() && episode.drain().outcome() == DrainResult.Outcome.FAILED)
              ? Optional.empty()
              : Optional.of("it is not drained, and the drain has not failed");
    };
  }

  // Another event ran and restarted the machine: what was stopped may be running again.
  private static boolean isDrained(TrackedEvent tracked, Episode episode) {
    return tracked.drained()
        && !(episode.state() == MaintenanceState.MAINTENANCE_STARTED && episode.rebooted());
  }

  // On a plain VM the records of the others cannot be seen.
  private static Optional<String> byOthers(
      TrackedEvent tracked, Episode episode, LifecycleSettings settings) {
    String self = episode.machine().vmName();
    boolean judgedElsewhere = settings.othersJudgedElsewhere() && tracked.isAcknowledgedByDrain();
    if (judgedElsewhere || !tracked.event().namesOthersThan(self)) {
      return Optional.empty();
    }
    return switch (settings.shared()) {
      case NEVER -> Optional.of("it names other VMs, and acknowledge.shared is never");
      case FIRST_RESOURCE ->
          tracked.event().resources().getFirst().equalsIgnoreCase(self)
              ? Optional.empty()
              : Optional.of(
                  "the first VM named decides: " + tracked.event().resources().getFirst());
    };
  }

  /** For people: what is drained and is not acknowledged all the same, and why. */
  static void sayWhatIsRefused(Draft draft) {
    Episode episode = draft.episode();
    episode.events().stream()
        .filter(TrackedEvent::drained)
        .forEach(
            tracked ->
                refusal(tracked, episode, draft.settings)
                    .ifPresent(
                        why ->
                            draft.say(Reason.NOT_ACKNOWLEDGED, tracked.event().id() + ": " + why)));
  }

  /** Sends what may be sent. Called only while the episode is on disk as it stands. */
  static void advance(Draft draft) {
    if (draft.awaitingDocument) {
      return; // the event may have run while the machine was down
    }
    Episode episode = draft.episode();
    for (TrackedEvent tracked : episode.events()) {
      Acknowledgement sofar = tracked.acknowledgement();
      boolean isTime = sofar.nextTry().map(at -> !draft.now.isBefore(at)).orElse(true);
      if (!sofar.accepted()
          && !sofar.inFlight()
          && isTime
          && refusal(tracked, episode, draft.settings).isEmpty()) {
        draft.changeEvent(tracked.event().key(), each -> each.with(sofar.sent()));
        draft.emit(new Action.Acknowledge(tracked.event().id(), sofar.tries() + 1));
      }
    }
  }

  static void answered(Draft draft, Observation.AcknowledgeAnswered answered) {
    draft.events().stream()
        .filter(each -> each.event().id().equalsIgnoreCase(answered.eventId()))
        .filter(each -> each.acknowledgement().inFlight())
        .findFirst()
        .ifPresent(tracked -> take(draft, tracked, answered));
  }

  private static void take(
      Draft draft, TrackedEvent tracked, Observation.AcknowledgeAnswered answered) {
    Acknowledgement sofar = tracked.acknowledgement();
    String key = tracked.event().key();
    switch (answered.answer()) {
      case ACCEPTED -> {
        draft.changeEvent(key, each -> each.with(sofar.acceptedNow()));
        draft.say(Reason.ACKNOWLEDGED, tracked.event().id());
      }
      case REFUSED, UNCLEAR -> {
        Duration delay = delay(sofar.tries(), answered.retryAfter());
        draft.changeEvent(key, each -> each.with(sofar.againAt(draft.now.plus(delay))));
        draft.say(
            Reason.ACKNOWLEDGE_FAILED,
            tracked.event().id()
                + ", try "
                + sofar.tries()
                + ", again in "
                + delay.toSeconds()
                + " s");
      }
    }
  }

  /** 1, 2, 4, 8, 16, 16 ... seconds, never less than the platform asked for. */
  static Duration delay(int tries, Optional<Duration> retryAfter) {
    Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(Math.max(tries - 1, 0), 10));
    Duration own = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    return retryAfter.filter(asked -> asked.compareTo(own) > 0).orElse(own);
  }

  /** The record could not be written, so no request left. */
  static void notSent(Draft draft, List<String> eventIds) {
    draft.changeEvents(
        each -> each.acknowledgement().inFlight() && eventIds.contains(each.event().id()),
        each -> each.with(each.acknowledgement().notSent(draft.now.plus(FIRST_RETRY))));
  }

  /** It never left, so nobody was told to go ahead. */
  static void withheld(Draft draft, String eventId) {
    neverLeft(draft, eventId, WITHHELD_RETRY);
  }

  static void unconfirmed(Draft draft, String eventId) {
    neverLeft(draft, eventId, UNCONFIRMED_RETRY);
  }

  private static void neverLeft(Draft draft, String eventId, Duration wait) {
    draft.changeEvents(
        each -> each.acknowledgement().inFlight() && each.event().id().equalsIgnoreCase(eventId),
        each -> each.with(each.acknowledgement().notSent(draft.now.plus(wait))));
  }

  /** Its own is sent all the same, unless it hears that the other was accepted. */
  static void elsewhere(Draft draft, String eventId) {
    draft.changeEvents(
        each ->
            !each.acknowledgement().mayHaveCounted() && each.event().id().equalsIgnoreCase(eventId),
        each -> each.with(each.acknowledgement().sentElsewhere()));
  }

  static void allowed(Draft draft, String eventId) {
    draft.changeEvents(
        each ->
            each.acknowledgement().nextTry().isPresent()
                && each.event().id().equalsIgnoreCase(eventId),
        each -> each.with(each.acknowledgement().againAt(draft.now)));
  }
}
