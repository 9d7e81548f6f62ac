package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.ObservationReading;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.RecordReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Whether an event of a Node is to be acknowledged in place of its watcher, which drained all and
 * then was lost. Pure. Stricter than what the watcher itself goes by: the record must call the
 * event drained and allow it, this very leader must have seen the Node empty, and of an event that
 * names other VMs each one's own record must call it drained (I1).
 *
 * <p>A watcher that is there but reads no documents is not lost, though its note does not change
 * either: what it said last was that it is degraded.
 */
public sealed interface LostWatcher {
  /**
   * For so long nothing must have been heard of a watcher, by this leader's clock. Ten signs of
   * life, and longer than it takes a watcher whose metadata service hangs to say that it is
   * degraded.
   */
  Duration SILENCE = Duration.ofMinutes(5);

  Duration FIRST_WAIT = Duration.ofSeconds(30);
  Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Whatever Azure asked for. */
  Duration LONGEST_HOLD = Duration.ofHours(1);

  /** An id as it can stand in a path of Resource Manager. */
  Pattern SENDABLE = Pattern.compile("[A-Za-z0-9-]{1,128}");

  /**
   * To be written down, on this very version of the Node, and then sent.
   *
   * @param sofar what was sent before
   * @param tries this one among them
   * @param named the VMs that the event names
   * @param vmName this Node's
   */
  record Send(
      NodeFacts node,
      OutsideAcks sofar,
      String eventId,
      int tries,
      List<String> named,
      String vmName)
      implements LostWatcher {
    public Send {
      named = List.copyOf(named);
    }
  }

  /** Not before then, if all else stays as it is. */
  record Later(Instant at) implements LostWatcher {}

  record Refused(Why why) implements LostWatcher {}

  /** What is in the way. */
  enum Why {
    NO_RECORD,
    RECORD_OF_ANOTHER_LEADER,
    REBOOTED,
    NOT_DRAINED,
    HELD,
    CANCELLED,
    NOT_CORDONED,
    NOT_SEEN_EMPTY,
    NODE_NOT_READY,
    NO_NOTE,
    WATCHER_DEGRADED,
    SENT_BEFORE_UNREADABLE,
    EVENT_NOT_DRAINED,
    EVENT_NOT_ALLOWED,
    EVENT_MADE_UP,
    EVENT_UNSENDABLE,
    EVENT_NOT_SCHEDULED,
    EVENT_NOT_STANDING,
    EVENT_DUE,
    OTHERS_NOT_DRAINED,
    NOT_BY_THE_CORE,
    SENT_BY_THE_WATCHER,
    ACCEPTED,
    ANSWERED_THIS_LEADER
  }

  /**
   * What it goes by.
   *
   * @param holder this leader
   * @param seenEmpty this leader saw the Node empty, and no pod that has to go since
   * @param core why the drainer's own core would not acknowledge an event
   * @param others what the records of other Nodes call drained
   */
  record Sight(
      NodeFacts node,
      Optional<Episode> episode,
      ObservationReading reading,
      String holder,
      boolean seenEmpty,
      BiFunction<Episode, TrackedEvent, Optional<String>> core,
      SharedEvents.Records others) {}

  /** The first event that can be sent, else the first that can be later. */
  static LostWatcher of(Sight sight, Instant now) {
    NodeFacts node = sight.node();
    NodeMachine anyVm = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    if (!(RecordReading.of(node, anyVm)
        instanceof RecordReading.Resume(NodeRecord record, boolean rebooted))) {
      return new Refused(Why.NO_RECORD);
    }
    if (rebooted) {
      return new Refused(Why.REBOOTED);
    }
    Optional<Why> objection = ofTheNode(sight, record);
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    ObservationNote note = sight.reading().note().orElseThrow();
    Optional<OutsideAcks> sent = OutsideAcks.on(node, record.episode());
    if (sent.isEmpty()) {
      return new Refused(Why.SENT_BEFORE_UNREADABLE);
    }
    List<LostWatcher> each =
        record.events().stream()
            .map(event -> ofAnEvent(sight, record, note, sent.get(), event, now))
            .toList();
    return each.stream()
        .filter(Send.class::isInstance)
        .findFirst()
        .or(
            () ->
                each.stream()
                    .filter(Later.class::isInstance)
                    .min(Comparator.comparing(LostWatcher::at)))
        .orElse(each.getFirst());
  }

  private static Instant at(LostWatcher later) {
    return later instanceof Later(Instant at) ? at : Instant.MAX;
  }

  private static Optional<Why> ofTheNode(Sight sight, NodeRecord record) {
    if (!record.holder().equals(sight.holder())) {
      return Optional.of(Why.RECORD_OF_ANOTHER_LEADER);
    }
    if (record.progress().state() != MaintenanceState.DRAINED
        || sight.episode().filter(each -> each.state() == MaintenanceState.DRAINED).isEmpty()) {
      return Optional.of(Why.NOT_DRAINED);
    }
    Episode episode = sight.episode().orElseThrow();
    if (episode.cancelled()) {
      return Optional.of(Why.CANCELLED);
    }
    if (record.progress().held() != HeldBy.NOTHING || episode.held().isPresent()) {
      return Optional.of(Why.HELD);
    }
    if (!sight.node().unschedulable() || record.prior().isEmpty()) {
      return Optional.of(Why.NOT_CORDONED);
    }
    // pods of a Node that is cut off may run, and be taken for gone
    if (!sight.node().readiness().ready()) {
      return Optional.of(Why.NODE_NOT_READY);
    }
    if (!sight.seenEmpty()) {
      return Optional.of(Why.NOT_SEEN_EMPTY);
    }
    Optional<ObservationNote> note = sight.reading().note();
    if (note.isEmpty()) {
      return Optional.of(Why.NO_NOTE);
    }
    return note.get().health() == Health.OK ? Optional.empty() : Optional.of(Why.WATCHER_DEGRADED);
  }

  private static LostWatcher ofAnEvent(
      Sight sight,
      NodeRecord record,
      ObservationNote note,
      OutsideAcks sent,
      NodeEvent event,
      Instant now) {
    Optional<Why> objection =
        ofTheRecord(record, event)
            .or(() -> ofTheNote(note, event, now))
            .or(() -> ofOthers(sight, note, event))
            .or(() -> ofWhatWasSent(sent, event, sight.holder()));
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    Optional<OutsideAck> before = sent.of(event.id());
    Instant silent = sight.reading().heardAt().plus(SILENCE);
    // of a clock that was ahead nothing is known
    Instant at =
        before
            .filter(ack -> !ack.at().isAfter(now))
            .map(ack -> later(silent, again(ack)))
            .orElse(silent);
    return now.isBefore(at)
        ? new Later(at)
        : new Send(
            sight.node(),
            sent,
            event.id(),
            before.map(OutsideAck::tries).orElse(0) + 1,
            named(note, event),
            note.vmName());
  }

  private static Optional<Why> ofTheRecord(NodeRecord record, NodeEvent event) {
    if (event.isMadeUp() || !event.source().isOfTheService()) {
      return Optional.of(Why.EVENT_MADE_UP);
    }
    if (!SENDABLE.matcher(event.id()).matches()) {
      return Optional.of(Why.EVENT_UNSENDABLE);
    }
    if (event.status() != EventStatus.SCHEDULED) {
      return Optional.of(Why.EVENT_NOT_SCHEDULED);
    }
    if (!record.drain().isDrainedFor(event.id())) {
      return Optional.of(Why.EVENT_NOT_DRAINED);
    }
    return record.drain().ackable().stream().anyMatch(event.id()::equalsIgnoreCase)
        ? Optional.empty()
        : Optional.of(Why.EVENT_NOT_ALLOWED);
  }

  // Once its time has come Azure goes ahead by itself, and nobody is left who would see it.
  private static Optional<Why> ofTheNote(ObservationNote note, NodeEvent event, Instant now) {
    Optional<NodeEvent> told =
        note.events().stream().filter(each -> each.id().equalsIgnoreCase(event.id())).findFirst();
    boolean isAbsent =
        note.missing().stream().anyMatch(event.id()::equalsIgnoreCase)
            || note.gone().stream().anyMatch(event.id()::equalsIgnoreCase);
    if (told.isEmpty() || isAbsent) {
      return Optional.of(Why.EVENT_NOT_STANDING);
    }
    if (told.get().status() != EventStatus.SCHEDULED) {
      return Optional.of(Why.EVENT_NOT_SCHEDULED);
    }
    if (told.get().notBefore().filter(at -> !now.isBefore(at)).isPresent()) {
      return Optional.of(Why.EVENT_DUE);
    }
    return note.acks().stream()
            .filter(ack -> ack.id().equalsIgnoreCase(event.id()))
            .anyMatch(ack -> ack.status() >= 200 && ack.status() < 300)
        ? Optional.of(Why.SENT_BY_THE_WATCHER)
        : Optional.empty();
  }

  // Whatever acknowledge.shared says: nobody here can see a VM that is no Node.
  private static Optional<Why> ofOthers(Sight sight, ObservationNote note, NodeEvent event) {
    Episode episode = sight.episode().orElseThrow();
    Optional<TrackedEvent> tracked =
        episode.events().stream()
            .filter(each -> each.event().id().equalsIgnoreCase(event.id()))
            .findFirst();
    if (tracked.isEmpty() || sight.core().apply(episode, tracked.get()).isPresent()) {
      return Optional.of(Why.NOT_BY_THE_CORE);
    }
    return SharedEvents.othersAreDrained(
            event.id(),
            named(note, event),
            note.more() > 0,
            note.vmName(),
            SharedAcknowledgement.NEVER,
            sight.others())
        ? Optional.empty()
        : Optional.of(Why.OTHERS_NOT_DRAINED);
  }

  private static List<String> named(ObservationNote note, NodeEvent event) {
    return note.events().stream()
        .filter(each -> each.id().equalsIgnoreCase(event.id()))
        .findFirst()
        .map(NodeEvent::resources)
        .orElse(event.resources());
  }

  // Who was refused is not refused once more by the same; another leader may fare better.
  private static Optional<Why> ofWhatWasSent(OutsideAcks sent, NodeEvent event, String holder) {
    Optional<OutsideAck> before = sent.of(event.id());
    if (before.filter(OutsideAck::isAccepted).isPresent()) {
      return Optional.of(Why.ACCEPTED);
    }
    return before.filter(ack -> !ack.isUnclear() && ack.holder().equals(holder)).isPresent()
        ? Optional.of(Why.ANSWERED_THIS_LEADER)
        : Optional.empty();
  }

  private static Instant again(OutsideAck before) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(before.tries() - 1, 10));
    Instant own = before.at().plus(doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT);
    Instant latest = before.at().plus(LONGEST_HOLD);
    return before
        .notBefore()
        .map(asked -> asked.isBefore(latest) ? asked : latest)
        .map(asked -> later(asked, own))
        .orElse(own);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
