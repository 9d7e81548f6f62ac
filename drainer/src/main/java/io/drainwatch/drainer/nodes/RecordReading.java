package io.drainwatch.drainer.nodes;

import java.util.Optional;

/** What the record on a Node means to us at a start (kubernetes-drain.md 2, rule 5). */
public sealed interface RecordReading {

  /** No record. */
  record Nothing() implements RecordReading {}

  /**
   * Ours: resume in its state with its deadline.
   *
   * @param rebooted the boot id is another than when the episode began
   */
  record Resume(NodeRecord record, boolean rebooted) implements RecordReading {}

  /** Another Node's or VM's: nothing of it is acted on, nothing is touched (I4). */
  record Discarded(String why) implements RecordReading {}

  /**
   * Not to be understood: send the patch, raise ConfigError with {@code why}, go on as without a
   * record. Nothing is undone, because nothing says what was done.
   */
  record KeptAside(NodePatch patch, String why) implements RecordReading {}

  /**
   * @param machine this Node and VM; its boot id is that of now
   */
  static RecordReading of(NodeFacts node, NodeMachine machine) {
    Optional<String> text = node.annotation(NodeKeys.RECORD);
    if (text.isEmpty()) {
      return new Nothing();
    }
    return switch (NodeRecordJson.read(text.get())) {
      case RecordText.Read(NodeRecord record) when record.machine().isSameAs(machine) ->
          new Resume(record, machine.hasRebootedSince(record.machine()));
      case RecordText.Read(NodeRecord record) ->
          new Discarded(
              "the record in "
                  + NodeKeys.RECORD
                  + " is of another machine (Node "
                  + record.machine().nodeUid()
                  + ", VM "
                  + record.machine().vmId().orElse("unknown")
                  + "): it is ignored");
      case RecordText.Unreadable(String why) ->
          new KeptAside(
              RecordPatches.keepAside(node, text.get()),
              "the record in "
                  + NodeKeys.RECORD
                  + " cannot be read ("
                  + why
                  + "): its text is kept in "
                  + NodeKeys.LAST
                  + ", nothing is undone, and the Node is handled as without a record");
    };
  }
}
