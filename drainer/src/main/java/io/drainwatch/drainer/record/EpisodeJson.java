package io.drainwatch.drainer.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Summary;
import java.util.Optional;

/** Episodes and summaries to JSON and back. Moments are RFC 3339, durations ISO 8601. */
public final class EpisodeJson {
  private static final ObjectMapper MAPPER = RecordMapper.MAPPER;

  private EpisodeJson() {}

  /** What came of reading a record. */
  public sealed interface Reading {
    /** A record of this or an older version. */
    record Read(Episode episode) implements Reading {}

    /** Not a record that this version understands; the text is to be kept aside. */
    record Unreadable(String why) implements Reading {}
  }

  public static ObjectNode write(Episode episode) {
    return MAPPER.valueToTree(episode);
  }

  public static ObjectNode write(Summary summary) {
    return MAPPER.valueToTree(summary);
  }

  /** Empty for what is no summary that this version understands. */
  public static Optional<Summary> readSummary(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.treeToValue(withStamp(node.deepCopy()), Summary.class));
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.empty();
    }
  }

  // Before there were others, every script was native and the record did not say so.
  private static JsonNode ofToday(JsonNode older) {
    JsonNode node = older.deepCopy();
    for (JsonNode script : node.path("hooks").findValues("scripts")) {
      for (JsonNode each : script) {
        if (each instanceof ObjectNode run && !run.has("contract")) {
          run.put("contract", Contract.NATIVE.name());
        }
      }
    }
    return withStamp(node);
  }

  // likewise the beginning was read as it stood
  private static JsonNode withStamp(JsonNode node) {
    if (node instanceof ObjectNode object && !object.has("stamp") && object.has("begunAt")) {
      object.set("stamp", object.get("begunAt"));
    }
    return node;
  }

  /** Whatever stands there: an answer, never an exception. */
  public static Reading read(JsonNode node) {
    if (!node.isObject()) {
      return new Reading.Unreadable("not a JSON object but " + node.getNodeType());
    }
    try {
      return new Reading.Read(MAPPER.treeToValue(ofToday(node), Episode.class));
    } catch (JsonProcessingException e) {
      return new Reading.Unreadable(e.getClass().getSimpleName() + ": " + e.getOriginalMessage());
    } catch (RuntimeException e) {
      // dates and numbers out of range come as exceptions of many kinds
      return new Reading.Unreadable(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
