package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Observation.AcknowledgeAnswered.Answer;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.RecordReading;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The acknowledgements that the watcher has sent, or the drainer in its place, and which of them
 * the core has heard of. Nothing counts as sent before the watcher says so: an event that vanishes
 * before that was cancelled.
 */
public record AckBook(Set<Ack> heard) {
  private static final int UNDER_WAY = -1;
  private static final int NOT_TAKEN = -2;

  public static final AckBook EMPTY = new AckBook(Set.of());

  public AckBook {
    heard = Set.copyOf(heard);
  }

  /**
   * Those that the core is still to hear of.
   *
   * @param outside what the drainer itself sent from outside
   */
  public List<Ack> news(
      Optional<ObservationNote> note, List<OutsideAck> outside, Optional<Episode> episode) {
    return Stream.concat(
            note.map(ObservationNote::acks).orElse(List.of()).stream(),
            outside.stream().map(AckBook::asTold))
        .filter(ack -> !heard.contains(ack))
        .filter(ack -> isOpen(ack, episode))
        .filter(ack -> !isNotTaken(ack) || isInFlight(ack.id(), episode))
        .toList();
  }

  public AckBook with(Ack ack) {
    Set<Ack> more = new HashSet<>(heard);
    more.add(ack);
    return new AckBook(more);
  }

  /** What the drainer sent for the record on the Node. */
  public static List<OutsideAck> outside(Optional<NodeFacts> found) {
    return found
        .flatMap(
            node ->
                RecordReading.of(node, new NodeMachine(node.uid(), Optional.empty(), node.bootId()))
                        instanceof RecordReading.Resume(var record, var ignored)
                    ? Optional.of(OutsideAcks.told(node, record))
                    : Optional.empty())
        .orElse(List.of());
  }

  /** Ids of events that the core waits to hear of, and that are news. */
  public static List<String> inFlight(List<Ack> news, Optional<Episode> episode) {
    return episode.map(Episode::events).orElse(List.of()).stream()
        .filter(each -> each.acknowledgement().inFlight())
        .map(each -> each.event().id())
        .filter(id -> news.stream().anyMatch(ack -> ack.id().equalsIgnoreCase(id)))
        .toList();
  }

  /** It may be on its way, and its answer is still to come. */
  public static boolean isUnderWay(Ack ack) {
    return ack.status() == UNDER_WAY;
  }

  /** It surely was not taken, nor one before it: as if it had never left. */
  public static boolean isNotTaken(Ack ack) {
    return ack.status() == NOT_TAKEN;
  }

  private static Ack asTold(OutsideAck ack) {
    return new Ack(
        ack.eventId(), ack.at(), ack.mayHaveCounted() ? ack.status().orElse(UNDER_WAY) : NOT_TAKEN);
  }

  private static boolean isInFlight(String id, Optional<Episode> episode) {
    return episode.map(Episode::events).orElse(List.of()).stream()
        .filter(each -> each.event().id().equalsIgnoreCase(id))
        .anyMatch(each -> each.acknowledgement().inFlight());
  }

  public static Answer answer(Ack ack) {
    if (ack.status() >= 200 && ack.status() < 300) {
      return Answer.ACCEPTED;
    }
    return ack.status() >= 400 && ack.status() < 500 ? Answer.REFUSED : Answer.UNCLEAR;
  }

  private static boolean isOpen(Ack ack, Optional<Episode> episode) {
    return episode.map(Episode::events).orElse(List.<TrackedEvent>of()).stream()
        .anyMatch(
            each ->
                each.event().id().equalsIgnoreCase(ack.id()) && !each.acknowledgement().accepted());
  }
}
