package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import java.util.List;
import java.util.Optional;

/**
 * Brings the core's count of absences to the watcher's. The core adds one for each document without
 * an event; so before a document is folded the count of each absent event is set to one less than
 * the watcher's.
 *
 * <p>Why not documents with and without the event in turn: an event that stays missing while
 * another one is news would be back for a moment, and evictions with it (I7).
 */
public final class Absences {
  private Absences() {}

  /** The watch as it is to be when the document of this note is folded next. */
  public static Watch before(NoteRelay relay, Watch watch) {
    if (watch.episode().isEmpty() || relay.absent().isEmpty()) {
      return watch;
    }
    Episode episode = watch.episode().get();
    List<TrackedEvent> events = episode.events().stream().map(each -> before(relay, each)).toList();
    return events.equals(episode.events()) ? watch : with(watch, with(episode, events));
  }

  /** Whether the document must be folded once more: what is gone goes by way of missing. */
  public static boolean isOneBehind(NoteRelay relay, Watch watch) {
    return watch.episode().map(Episode::events).orElse(List.of()).stream()
        .anyMatch(
            each ->
                !each.isGone()
                    && relay.absent().getOrDefault(each.event().key(), 0) == NoteRelay.GONE);
  }

  private static TrackedEvent before(NoteRelay relay, TrackedEvent event) {
    int told = relay.absent().getOrDefault(event.event().key(), 0);
    return told == NoteRelay.MISSING && event.absentFrom() == NoteRelay.MISSING
        ? withAbsentFrom(event, 0)
        : event;
  }

  private static TrackedEvent withAbsentFrom(TrackedEvent event, int documents) {
    return new TrackedEvent(
        event.event(),
        event.rule(),
        event.firstSeen(),
        event.firstSeenAsStarted(),
        event.notBefore(),
        event.margin(),
        event.deadline(),
        documents,
        event.active(),
        event.drained(),
        event.acknowledgement(),
        event.named());
  }

  private static Episode with(Episode episode, List<TrackedEvent> events) {
    return new Episode(
        episode.id(),
        episode.machine(),
        episode.begunAt(),
        episode.stamp(),
        episode.state(),
        episode.entered(),
        events,
        episode.deadline(),
        episode.hooks(),
        episode.cordon(),
        episode.cordonOurs(),
        episode.owesUncordon(),
        episode.owesStart(),
        episode.evictions(),
        episode.uncordon(),
        episode.drain(),
        episode.cancelled(),
        episode.rebooted(),
        episode.held(),
        episode.summarized());
  }

  private static Watch with(Watch watch, Episode episode) {
    return new Watch(
        watch.machine(),
        Optional.of(episode),
        watch.peers(),
        watch.recorded(),
        watch.awaitingDocument(),
        watch.empties(),
        watch.newest());
  }
}
