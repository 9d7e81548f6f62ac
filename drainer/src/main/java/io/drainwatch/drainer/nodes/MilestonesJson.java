package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code "was"} in the record. Never a reason to give up a record: what cannot be read is not
 * known.
 */
final class MilestonesJson {
  static final String NAME = "was";

  private MilestonesJson() {}

  static void write(ObjectNode parent, Milestones was) {
    if (was.equals(Milestones.NONE)) {
      return;
    }
    ObjectNode node = parent.putObject(NAME);
    BoundedJson.put(node, "stamp", was.stamp());
    ObjectNode entered = node.putObject("entered");
    for (MaintenanceState state : MaintenanceState.values()) {
      BoundedJson.put(entered, state.word(), Optional.ofNullable(was.entered().get(state)));
    }
    was.drain().ifPresent(outcome -> node.put("drain", word(outcome)));
    if (was.cancelled()) {
      node.put("cancelled", true);
    }
    BoundedJson.put(node, "seen", was.firstSeen().stream().map(Instant::toString).toList());
  }

  static Milestones read(JsonNode node) {
    Map<MaintenanceState, Instant> entered = new EnumMap<>(MaintenanceState.class);
    for (MaintenanceState state : MaintenanceState.values()) {
      moment(node.path("entered").path(state.word())).ifPresent(at -> entered.put(state, at));
    }
    return new Milestones(
        moment(node.path("stamp")),
        entered,
        outcome(node.path("drain").asText()),
        node.path("cancelled").asBoolean(),
        moments(node.path("seen")));
  }

  // by their places: with one unread none is known
  private static List<Instant> moments(JsonNode list) {
    List<Instant> all = new ArrayList<>();
    for (JsonNode each : list) {
      moment(each).ifPresent(all::add);
    }
    boolean isWhole = all.size() == list.size() && all.size() <= Milestones.MOST_FIRST_SEEN;
    return isWhole ? all : List.of();
  }

  private static Optional<Instant> moment(JsonNode text) {
    try {
      return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<DrainResult.Outcome> outcome(String word) {
    for (DrainResult.Outcome each : DrainResult.Outcome.values()) {
      if (word(each).equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static String word(DrainResult.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
