package io.drainwatch.drainer.ways;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What must hold on the Node, whoever writes there; with what somebody did that the processes are
 * not to answer for.
 *
 * @param foreign somebody else's cordon stands
 * @param recordLost somebody took the record away: whose cordon it is nobody may know any more
 * @param emptyLists in a row, up to two
 * @param drained ids that a record on this Node called drained at some time
 * @param told ids that were acknowledged, or that a record said may be: nothing takes that back
 */
record Oracle(
    boolean foreign, boolean recordLost, int emptyLists, Set<String> drained, Set<String> told) {
  static final Oracle CALM = new Oracle(false, false, 0, Set.of(), Set.of());

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_KNOWN = 500;
  private static final Map<String, JsonNode> KNOWN = new HashMap<>();

  Oracle {
    drained = Set.copyOf(drained);
    told = Set.copyOf(told);
  }

  Oracle withForeign(boolean isForeign) {
    return new Oracle(isForeign, recordLost, emptyLists, drained, told);
  }

  Oracle withRecordLost() {
    return new Oracle(foreign, true, emptyLists, drained, told);
  }

  /** A Node of its own: nothing that was called drained counts for it. */
  Oracle ofAnotherNode() {
    return new Oracle(false, false, 0, Set.of(), told);
  }

  /** Somebody was told which pods are on the Node. */
  Oracle withList(boolean isEmpty) {
    return new Oracle(
        foreign, recordLost, isEmpty ? Math.min(2, emptyLists + 1) : 0, drained, told);
  }

  Oracle withPosted(String id) {
    return new Oracle(foreign, recordLost, emptyLists, drained, with(told, id));
  }

  private static Set<String> with(Set<String> before, String id) {
    Set<String> more = new TreeSet<>(before);
    more.add(id);
    return more;
  }

  // read here and not by the product: whose record it is, is one of its decisions
  private static JsonNode record(SmallServer server) {
    if (KNOWN.size() >= MOST_KNOWN) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(
        server.node().annotations().getOrDefault(NodeKeys.RECORD, "{}"), Oracle::parsed);
  }

  private static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record that is no JSON: " + text, e);
    }
  }

  private static boolean isOfThisNode(SmallServer server) {
    return record(server).path("machine").path("nodeUID").asText().equals(server.node().uid());
  }

  /** A write of ours was accepted. */
  List<String> brokenBy(SmallServer before, SmallServer after) {
    List<String> broken = new ArrayList<>();
    boolean isUndone = before.node().unschedulable() && !after.node().unschedulable();
    // what somebody took away is known to who wrote it
    if (isUndone && !isOfThisNode(before) && !recordLost) {
      broken.add("I4 undoes a cordon by no record of this Node: " + record(before));
    } else if (isUndone
        && !recordLost
        && (foreign || !record(before).path("did").path("cordon").asBoolean())) {
      broken.add("I3 undoes a cordon that is not ours: " + record(before));
    }
    Set<String> news = new TreeSet<>(drainedIn(after));
    news.removeAll(drainedIn(before));
    news.removeAll(told); // so it may be written down again, also on a Node that was made anew
    news.removeAll(startedIn(after)); // too late for it to mean anything
    // once somebody was told to go ahead, or it began, the drain stays as it is; who is told after
    // that needs lists of this Node all the same
    boolean stays = eventsIn(after).anyMatch(told::contains) || !startedIn(after).isEmpty();
    if (!news.isEmpty() && emptyLists < 2 && !stays && !isOnTheWayBack(after)) {
      broken.add("I1 calls " + news + " drained without two lists in a row that had no pods");
    }
    return broken;
  }

  // nobody acknowledges by it any more
  private static boolean isOnTheWayBack(SmallServer server) {
    String state = record(server).path("state").asText();
    return state.equals(MaintenanceState.RUNNING.word())
        || state.equals(MaintenanceState.UNCORDONED.word());
  }

  /** Ids that a record of this Node goes by. */
  static Stream<String> eventsIn(SmallServer server) {
    List<String> ids = new ArrayList<>();
    if (isOfThisNode(server)) {
      record(server).path("events").forEach(event -> ids.add(event.path("id").asText()));
    }
    return ids.stream();
  }

  private static Set<String> drainedIn(SmallServer server) {
    Set<String> ids = new TreeSet<>();
    if (isOfThisNode(server)) {
      record(server).path("drained").forEach(id -> ids.add(id.asText()));
    }
    return ids;
  }

  private static Set<String> startedIn(SmallServer server) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode event : record(server).path("events")) {
      if (event.path("status").asText().equals("Started")) {
        ids.add(event.path("id").asText());
      }
    }
    return ids;
  }

  Oracle after(SmallServer server) {
    Set<String> more = new TreeSet<>(drained);
    more.addAll(drainedIn(server));
    Set<String> allowed = new TreeSet<>(told);
    if (isOfThisNode(server)) {
      record(server).path("ackable").forEach(id -> allowed.add(id.asText()));
    }
    return new Oracle(
        foreign && server.node().unschedulable(), recordLost, emptyLists, more, allowed);
  }

  /** An acknowledgement leaves. */
  Optional<String> brokenByPosting(String id) {
    if (!drained.contains(id)) {
      return Optional.of("I1 acknowledges " + id + ", which no record on the Node calls drained");
    }
    return emptyLists == 2 || told.contains(id)
        ? Optional.empty()
        : Optional.of("I1 acknowledges " + id + " by a Node of which no two lists were seen");
  }

  /** What is wrong when all is over. */
  List<String> wrongAtTheEnd(SmallServer server) {
    List<String> wrong = new ArrayList<>();
    if (isOfThisNode(server)) {
      wrong.add("a record is left: " + record(server));
    }
    if (server.node().unschedulable() && !foreign && !recordLost) {
      wrong.add("left cordoned by us");
    }
    return wrong;
  }
}
