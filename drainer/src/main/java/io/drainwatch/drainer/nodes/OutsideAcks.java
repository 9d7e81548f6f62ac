package io.drainwatch.drainer.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the drainer has acknowledged from outside for one episode, as it stands on the Node beside
 * the record: written before a request leaves, and again with its answer.
 *
 * @param episode of the record
 * @param acks one for each event at most
 */
public record OutsideAcks(String episode, List<OutsideAck> acks) {
  /** An episode of more events is nobody's. */
  private static final int MOST = 16;

  public OutsideAcks {
    acks = List.copyOf(acks);
  }

  /** Empty: what stands there cannot be read, so what was sent is not known. */
  public static Optional<OutsideAcks> on(NodeFacts node, String episode) {
    OutsideAcks none = new OutsideAcks(episode, List.of());
    Optional<String> text = node.annotation(NodeKeys.ACKNOWLEDGED);
    if (text.isEmpty()) {
      return Optional.of(none);
    }
    return OutsideAcksJson.read(text.get()).map(read -> read.episode.equals(episode) ? read : none);
  }

  /** Those of the record on the Node; none where nothing of it can be read. */
  public static List<OutsideAck> told(NodeFacts node, NodeRecord record) {
    return on(node, record.episode()).map(OutsideAcks::acks).orElse(List.of());
  }

  public Optional<OutsideAck> of(String eventId) {
    return acks.stream().filter(each -> each.eventId().equalsIgnoreCase(eventId)).findFirst();
  }

  public OutsideAcks with(OutsideAck ack) {
    List<OutsideAck> more = new ArrayList<>(acks);
    more.removeIf(each -> each.eventId().equalsIgnoreCase(ack.eventId()));
    more.add(ack);
    return new OutsideAcks(episode, more.subList(Math.max(0, more.size() - MOST), more.size()));
  }
}
