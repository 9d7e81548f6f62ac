package io.drainwatch.watcher.clusterview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.Progress;
import java.time.Duration;
import java.time.Instant;

/** The fleet for programs. A key without a value is absent. */
public final class FleetStandingJson {
  private FleetStandingJson() {}

  public static ObjectNode of(FleetStanding fleet) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", fleet.at().toString());
    ArrayNode nodes = json.putArray("nodes");
    fleet.nodes().forEach(each -> nodes.add(node(each, fleet.at())));
    return json.put("withoutMaintenance", fleet.others());
  }

  private static ObjectNode node(NodeStanding each, Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("node", Cell.name(each.node())).put("state", each.state());
    ArrayNode types = json.putArray("types");
    each.types().forEach(type -> types.add(Cell.name(type)));
    json.put("cordon", each.cordon().word());
    each.trouble().ifPresent(why -> json.put("trouble", Cell.sentence(why)));
    each.record().ifPresent(record -> add(json, record, now));
    ObjectNode watcher = json.putObject("watcher");
    watcher.put("health", each.watcher());
    each.note()
        .ifPresent(
            note ->
                watcher
                    .put("vmName", Cell.name(note.vmName()))
                    .put("readAt", note.readAt().toString()));
    return json;
  }

  private static void add(ObjectNode json, NodeRecord record, Instant now) {
    Progress progress = record.progress();
    DrainNote drain = record.drain();
    json.put("episode", Cell.name(record.episode()))
        .put("phase", progress.phase().word())
        .put("held", progress.held().word())
        .put("since", progress.since().toString());
    progress
        .deadline()
        .ifPresent(
            at ->
                json.put("deadline", at.toString())
                    .put("secondsLeft", Duration.between(now, at).toSeconds()));
    progress.fate().ifPresent(fate -> json.put("vm", fate.word()));
    json.put("policy", Cell.name(record.policy())).put("holder", Cell.name(record.holder()));
    ArrayNode events = json.putArray("events");
    for (NodeEvent event : record.events()) {
      ObjectNode one = events.addObject();
      one.put("id", Cell.of(event.id(), 2 * Cell.NAME)).put("type", Cell.name(event.type()));
      event.notBefore().ifPresent(at -> one.put("notBefore", at.toString()));
      one.put("source", event.source().word());
    }
    json.put("drained", drain.drained().size()).put("ackable", drain.ackable().size());
    json.putObject("pods")
        .put("toGo", drain.counts().pods())
        .put("gone", drain.counts().gone())
        .put("blocked", drain.counts().blocked())
        .put("forced", drain.counts().forced());
    ArrayNode left = json.putArray("left");
    for (DrainNote.Left each : drain.left()) {
      left.addObject()
          .put("pod", Cell.of(each.pod(), 3 * Cell.NAME))
          .put("why", Cell.sentence(each.why()));
    }
    json.put("more", drain.more());
  }
}
