package io.drainwatch.drainer.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Peers;

/** What is known of other VMs to JSON and back; stands beside the episode in the record. */
public final class PeersJson {
  private PeersJson() {}

  /** What came of reading. */
  public sealed interface Reading {
    record Read(Peers peers) implements Reading {}

    /** Nothing that this version understands; the episode beside it may well be. */
    record Unreadable(String why) implements Reading {}
  }

  public static ObjectNode write(Peers peers) {
    return RecordMapper.MAPPER.valueToTree(peers);
  }

  /** Whatever stands there: an answer, never an exception. Nothing, as before there were peers. */
  public static Reading read(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return new Reading.Read(Peers.NONE);
    }
    if (!node.isObject()) {
      return new Reading.Unreadable("not a JSON object but " + node.getNodeType());
    }
    try {
      return new Reading.Read(RecordMapper.MAPPER.treeToValue(node, Peers.class));
    } catch (JsonProcessingException e) {
      return new Reading.Unreadable(e.getClass().getSimpleName() + ": " + e.getOriginalMessage());
    } catch (RuntimeException e) {
      // dates and numbers out of range come as exceptions of many kinds
      return new Reading.Unreadable(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
