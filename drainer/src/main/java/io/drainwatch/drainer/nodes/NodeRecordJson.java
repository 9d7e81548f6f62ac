package io.drainwatch.drainer.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/** The record to the annotation's text, at most 8 KiB, and back. Moments are RFC 3339. */
public final class NodeRecordJson {
  private static final DoneBefore<String, RecordText> READ =
      new DoneBefore<>(NodeRecordJson::parsed, String::hashCode);
  private static final DoneBefore<NodeRecord, String> WRITTEN =
      new DoneBefore<>(NodeRecordJson::text, record -> record.episode().hashCode());

  private NodeRecordJson() {}

  public static String write(NodeRecord record) {
    return WRITTEN.of(record);
  }

  private static String text(NodeRecord record) {
    NodeRecord fitting = record;
    String text = BoundedJson.text(tree(fitting));
    for (int excess = NodeText.excess(text); excess > 0; excess = NodeText.excess(text)) {
      NodeRecord shorter = RecordCut.by(fitting, excess);
      if (shorter.equals(fitting)) {
        throw new IllegalStateException("a record with nothing to cut fits: " + record.episode());
      }
      fitting = shorter;
      text = BoundedJson.text(tree(fitting));
    }
    return text;
  }

  /** Whatever stands there: an answer, never an exception. */
  static RecordText read(String text) {
    return NodeText.isTooLong(text) ? parsed(text) : READ.of(text); // not ours, not worth keeping
  }

  private static RecordText parsed(String text) {
    try {
      return new RecordText.Read(record(BoundedJson.object(text, NodeRecord.VERSION)));
    } catch (BoundedJson.UnreadableException | IllegalArgumentException e) {
      return new RecordText.Unreadable(NodeText.plain(String.valueOf(e.getMessage()), 200));
    }
  }

  static ObjectNode tree(NodeRecord record) {
    ObjectNode node = BoundedJson.MAPPER.createObjectNode();
    node.put("v", NodeRecord.VERSION).put("episode", record.episode());
    NodePartsJson.machine(node, record.machine());
    NodePartsJson.events(node, record.events());
    Progress progress = record.progress();
    node.put("state", progress.state().word()).put("phase", progress.phase().word());
    node.put("since", progress.since().toString());
    BoundedJson.put(node, "startedAt", progress.startedAt());
    BoundedJson.put(node, "deadline", progress.deadline());
    node.put("policy", record.policy());
    Marks did = record.did();
    ObjectNode marks =
        node.putObject("did").put("cordon", did.cordon()).put("lbLabel", did.lbLabel());
    BoundedJson.put(marks, "taint", did.taint());
    marks.put("conditions", did.conditions());
    BoundedJson.put(marks, "scaleDownHold", did.holds().stream().toList());
    record
        .prior()
        .ifPresent(
            prior ->
                BoundedJson.put(
                    node.putObject("prior").put("unschedulable", prior.unschedulable()),
                    "lbLabel",
                    prior.lbLabel()));
    node.put("held", progress.held().word());
    BoundedJson.put(node, "heartbeat", progress.heartbeat());
    progress.fate().ifPresent(fate -> node.put("vm", fate.word()));
    MilestonesJson.write(node, progress.milestones());
    BoundedJson.put(node, "drained", record.drain().drained());
    BoundedJson.put(node, "ackable", record.drain().ackable());
    node.put("holder", record.holder());
    NodePartsJson.counts(node, record.drain().counts());
    NodePartsJson.left(node, record.drain().left());
    node.put("attempt", record.attempt());
    NodePartsJson.more(node, record.drain().more());
    return node;
  }

  private static NodeRecord record(JsonNode node) {
    return new NodeRecord(
        BoundedJson.required(node, "episode"),
        NodePartsJson.machine(node),
        NodePartsJson.events(node),
        progress(node),
        BoundedJson.optional(node, "policy").orElse(""),
        marks(node.path("did")),
        prior(node.path("prior")),
        new DrainNote(
            BoundedJson.texts(node, "drained"),
            BoundedJson.texts(node, "ackable"),
            NodePartsJson.counts(node),
            NodePartsJson.left(node),
            BoundedJson.number(node, "more")),
        BoundedJson.optional(node, "holder").orElse(""),
        BoundedJson.number(node, "attempt"));
  }

  private static Progress progress(JsonNode node) {
    return new Progress(
        BoundedJson.word(node, "state", NodeRecordJson::state),
        node.has("phase") ? BoundedJson.word(node, "phase", Phase::of) : Phase.NONE,
        BoundedJson.moment(node, "since")
            .orElseThrow(() -> new BoundedJson.UnreadableException("without since")),
        BoundedJson.moment(node, "startedAt"),
        BoundedJson.moment(node, "deadline"),
        node.has("held") ? BoundedJson.word(node, "held", HeldBy::of) : HeldBy.NOTHING,
        BoundedJson.moment(node, "heartbeat"),
        // a word of a later version is no reason to give up the record
        BoundedJson.optional(node, "vm").flatMap(MachineFate::of),
        MilestonesJson.read(node.path(MilestonesJson.NAME)));
  }

  private static Marks marks(JsonNode did) {
    return new Marks(
        BoundedJson.flag(did, "cordon"),
        BoundedJson.flag(did, "lbLabel"),
        BoundedJson.optional(did, "taint"),
        BoundedJson.flag(did, "conditions"),
        new TreeSet<>(BoundedJson.texts(did, "scaleDownHold")));
  }

  private static Optional<Prior> prior(JsonNode prior) {
    return prior.isObject()
        ? Optional.of(
            new Prior(
                BoundedJson.flag(prior, "unschedulable"), BoundedJson.optional(prior, "lbLabel")))
        : Optional.empty();
  }

  private static Optional<MaintenanceState> state(String word) {
    return Arrays.stream(MaintenanceState.values())
        .filter(state -> state.word().equals(word))
        .findFirst();
  }
}
