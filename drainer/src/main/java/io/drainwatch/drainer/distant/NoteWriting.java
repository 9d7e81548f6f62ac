package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.Apart;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.ObservationWriting;
import io.drainwatch.drainer.nodes.ObservationWriting.Written;
import io.drainwatch.drainer.nodes.RecordPatches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the observation: one patch at a time, made from the newest version known, always with the
 * newest content. A conflict is read and written again at once, three times in a row; what fails
 * waits for 1 s, doubling to 30 s, and a share more ({@link Apart}), unless an event is missing or
 * back: that the drainer must hear within a second (I7).
 */
final class NoteWriting {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 5;
  private static final int MOST_CONFLICTS = 3;
  private static final int MOST_ACKS = 16;
  private static final int MOST_GONE = 64;

  private NoteWriting() {}

  static String key(String eventId) {
    return eventId.toUpperCase(Locale.ROOT);
  }

  static void stepped(DistantDraft draft, DistantObservation.Stepped stepped) {
    draft.health = stepped.health();
    draft.planned = stepped.planned();
    Watch watch = stepped.watch();
    if (!draft.watch.map(NoteWriting::missing).orElse(Set.of()).equals(missing(watch))) {
      wentThrough(draft); // what failed before was less urgent
    }
    List<TrackedEvent> tracked = watch.episode().map(Episode::events).orElse(List.of());
    tracked.stream()
        .filter(TrackedEvent::isGone)
        .forEach(each -> draft.gone.put(each.event().key(), each.event().id()));
    look(draft, watch);
  }

  static void readAgain(DistantDraft draft, DistantObservation.ReadAgain again) {
    draft.health = again.health();
    look(draft, again.watch());
  }

  private static void look(DistantDraft draft, Watch watch) {
    Forgotten.look(draft, watch);
    standing(watch).forEach(draft.gone::remove);
    draft.gone.keySet().stream()
        .limit(Math.max(0, draft.gone.size() - MOST_GONE))
        .toList()
        .forEach(draft.gone::remove);
  }

  private static Set<String> missing(Watch watch) {
    return watch.episode().map(Episode::events).orElse(List.of()).stream()
        .filter(each -> !each.isInNewestDocument())
        .map(each -> each.event().key())
        .collect(Collectors.toSet());
  }

  // An event that came back under its old id stands, whatever was known of it before.
  private static Set<String> standing(Watch watch) {
    String vmName = watch.machine().map(Machine::vmName).orElse("");
    return watch.newest().stream()
        .flatMap(document -> document.events().stream())
        .filter(event -> event.names(vmName))
        .filter(
            event ->
                watch.episode().map(Episode::events).orElse(List.of()).stream()
                    .filter(each -> each.event().key().equals(event.key()))
                    .allMatch(TrackedEvent::isInNewestDocument))
        .map(event -> event.key())
        .collect(Collectors.toSet());
  }

  static void acknowledged(DistantDraft draft, String eventId, int status) {
    draft.acks.removeIf(ack -> ack.id().equalsIgnoreCase(eventId));
    draft.acks.add(new Ack(eventId, draft.now, status));
    if (draft.acks.size() > MOST_ACKS) {
      draft.acks.removeFirst();
    }
  }

  static void seen(DistantDraft draft, NodeReading reading) {
    if (reading instanceof NodeReading.Found(NodeFacts node)) {
      boolean isBack = draft.base.filter(known -> known.uid().equals(node.uid())).isEmpty();
      draft.base = Optional.of(node);
      if (isBack) {
        draft.writing = ObservationWriting.NOTHING_YET; // made anew under its name: without ours
        wentThrough(draft);
      }
    } else if (reading instanceof NodeReading.Gone) {
      draft.base = Optional.empty();
    }
  }

  static void read(DistantDraft draft, NodeReading reading) {
    draft.reading = false;
    switch (reading) {
      case NodeReading.Found(NodeFacts node) -> draft.base = Optional.of(node);
      case NodeReading.Gone() -> {
        draft.base = Optional.empty();
        wentWrong(draft, "there is no such Node");
      }
      case NodeReading.Unknown(String why) -> wentWrong(draft, why);
    }
  }

  static void answered(DistantDraft draft, WriteAnswer answer) {
    Optional<ObservationNote> sent = draft.sent;
    draft.sent = Optional.empty();
    switch (answer) {
      case WriteAnswer.Done(NodeFacts node) -> {
        draft.base = Optional.of(node);
        sent.ifPresent(note -> wrote(draft, note, node));
        wentThrough(draft);
      }
      case WriteAnswer.Conflict() -> {
        conflicted(draft);
        ask(draft);
      }
      case WriteAnswer.Gone() -> {
        draft.base = Optional.empty();
        wentWrong(draft, "there is no such Node");
      }
      case WriteAnswer.Refused(int status, String why) -> wentWrong(draft, status + ": " + why);
      // if it was done, the version is stale: the next try finds out
      case WriteAnswer.Unclear(String why) -> wentWrong(draft, why);
    }
  }

  // what says the same of the same document answers nobody
  private static void wrote(DistantDraft draft, ObservationNote note, NodeFacts node) {
    if (!draft.writing.last().map(Written::note).equals(Optional.of(note))) {
      draft.answered = node.annotation(NodeKeys.ASKED);
    }
    draft.writing = draft.writing.wrote(note, draft.now);
  }

  static void clockStepped(DistantDraft draft, Duration by) {
    if (draft.failures > 0) {
      draft.notBefore = draft.notBefore.plus(by);
    }
    draft
        .writing
        .last()
        .ifPresent(last -> draft.writing = draft.writing.wrote(last.note(), last.at().plus(by)));
  }

  static void advance(DistantDraft draft) {
    if (draft.sent.isPresent() || draft.reading || draft.now.isBefore(draft.notBefore)) {
      return;
    }
    boolean isOpen = draft.episode().isPresent() || draft.record.isPresent();
    NoteContent.of(draft)
        .filter(note -> draft.writing.isDue(note, isOpen, draft.now) || isAnswer(draft, note))
        .ifPresent(note -> write(draft, note));
  }

  private static boolean isAnswer(DistantDraft draft, ObservationNote note) {
    Optional<String> question = question(draft);
    return question.isPresent()
        && !question.equals(draft.answered)
        && !draft.writing.last().map(Written::note).equals(Optional.of(note));
  }

  /** Empty: nobody asks whether this watcher is there. */
  static Optional<String> question(DistantDraft draft) {
    return draft.base.flatMap(node -> node.annotation(NodeKeys.ASKED));
  }

  private static void write(DistantDraft draft, ObservationNote note) {
    if (draft.base.isEmpty()) {
      ask(draft);
      return;
    }
    draft.sent = Optional.of(note);
    draft.act(new DistantAction.Patch(RecordPatches.write(draft.base.get(), note)));
  }

  private static void ask(DistantDraft draft) {
    draft.reading = true;
    draft.act(new DistantAction.ReadNode());
  }

  static Optional<Instant> wakeAt(DistantState state) {
    NoteState note = state.note();
    if (note.sent().isPresent() || note.reading()) {
      return Optional.empty();
    }
    if (note.failures() > 0) {
      return Optional.of(note.notBefore());
    }
    return Optional.of(note)
        .filter(any -> state.goesByEachDocument())
        .flatMap(any -> note.writing().last())
        .map(written -> written.at().plus(ObservationWriting.SIGN_OF_LIFE));
  }

  private static void wentThrough(DistantDraft draft) {
    draft.failures = 0;
    draft.notBefore = Instant.MIN;
  }

  private static void conflicted(DistantDraft draft) {
    if (draft.failures < MOST_CONFLICTS) {
      draft.failures++;
      draft.notBefore = draft.now;
    } else {
      wentWrong(draft, "409: somebody else writes all the time");
    }
  }

  private static void wentWrong(DistantDraft draft, String why) {
    Duration doubled = Duration.ofSeconds(1L << Math.min(draft.failures, MOST_DOUBLINGS));
    Duration wait =
        Apart.of(
            draft.nodeName,
            draft.failures,
            doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT);
    draft.failures++;
    draft.notBefore = draft.now.plus(wait);
    draft.act(
        new DistantAction.Trouble(
            "writing the observation on the Node %s failed (%s); tried again in %d s"
                .formatted(draft.nodeName, why, wait.toSeconds())));
  }
}
