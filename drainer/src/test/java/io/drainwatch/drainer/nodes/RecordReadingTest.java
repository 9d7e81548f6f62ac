package io.drainwatch.drainer.nodes;

import static io.drainwatch.drainer.nodes.ANode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReadingTest {
  private static ANode nodeWith(String text) {
    return aNode().withAnnotation(NodeKeys.RECORD, text).withAnnotation(NodeKeys.STATE, "Drained");
  }

  private static RecordReading read(ANode node) {
    return RecordReading.of(node.facts(), ANode.machine());
  }

  @Test
  void readsNothingWhereNothingIs() {
    assertThat(read(aNode())).isEqualTo(new RecordReading.Nothing());
  }

  @Test
  void neverReadsTheStateWordBack() {
    assertThat(read(aNode().withAnnotation(NodeKeys.STATE, "Drained")))
        .isEqualTo(new RecordReading.Nothing());
  }

  @Test
  void resumesItsOwn() {
    NodeRecord record = Records.in(MaintenanceState.DRAINING, Phase.BLOCKED);

    assertThat(read(nodeWith(NodeRecordJson.write(record))))
        .isEqualTo(new RecordReading.Resume(record, false));
  }

  @Test
  void tellsAReboot() {
    RecordReading reading =
        RecordReading.of(
            nodeWith(NodeRecordJson.write(Records.scheduled())).facts(),
            new NodeMachine(ANode.UID, Optional.of("VM-1"), "boot-2"));

    assertThat(reading).isEqualTo(new RecordReading.Resume(Records.scheduled(), true));
  }

  @Test
  @DisplayName("K53 the record of a Node that had the same name is discarded (I4)")
  void discardsAnotherNodesRecord() {
    assertThat(
            RecordReading.of(
                nodeWith(NodeRecordJson.write(Records.scheduled())).facts(),
                new NodeMachine("another", Optional.of(ANode.VM), ANode.BOOT)))
        .isInstanceOf(RecordReading.Discarded.class);
  }

  @Test
  @DisplayName("K53 the record of another VM on the same Node is discarded (I4)")
  void discardsAnotherVmsRecord() {
    assertThat(
            RecordReading.of(
                nodeWith(NodeRecordJson.write(Records.scheduled())).facts(),
                new NodeMachine(ANode.UID, Optional.of("vm-2"), ANode.BOOT)))
        .isInstanceOf(RecordReading.Discarded.class);
  }

  @ParameterizedTest
  @DisplayName("K56 a corrupted record is kept aside and nothing is undone")
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"v\":1}",
        "{\"v\":\"1\"}",
        "{\"v\":-1}",
        "{\"v\":1,\"v\":1}",
        "{\"v\":1} {}",
        "{\"v\":99999999999999999999}",
        "not JSON at all"
      })
  void keepsCorruptedTextAside(String text) {
    ANode node = nodeWith(text).cordoned().withTaint(NodeKeys.TAINT, "Reboot", "NoSchedule");

    RecordReading.KeptAside kept = (RecordReading.KeptAside) read(node);
    node.patched(kept.patch());

    assertThat(node.annotations).containsOnlyKeys(NodeKeys.LAST).containsValue(text);
    assertThat(node.unschedulable).isTrue();
    assertThat(node.taints).hasSize(1);
    assertThat(kept.why()).contains(NodeKeys.RECORD, NodeKeys.LAST);
    assertThat(LastMaintenance.on(node.facts(), ANode.machine())).isEmpty();
  }

  @Test
  @DisplayName("K56 a record that is too long is kept aside, bounded")
  void keepsTooLongTextAside() {
    ANode node = nodeWith(NodeRecordJson.write(Records.scheduled()) + " ".repeat(200_000));

    RecordReading.KeptAside kept = (RecordReading.KeptAside) read(node);

    assertThat(kept.patch().annotations().get(NodeKeys.LAST))
        .get()
        .matches(text -> NodeText.bytes(text) == RecordPatches.MOST_KEPT_BYTES);
  }

  @Test
  @DisplayName("K56 a record that names a cordon of ours without its prior is kept aside")
  void keepsContradictionsAside() {
    String text =
        NodeRecordJson.write(Records.scheduled()).replace("\"cordon\":false", "\"cordon\":true");

    assertThat(read(nodeWith(text))).isInstanceOf(RecordReading.KeptAside.class);
  }

  @Test
  @DisplayName("K77 a newer version's record is kept aside whole")
  void keepsNewerVersionsAside() {
    String newer = NodeRecordJson.write(Records.scheduled()).replace("{\"v\":1,", "{\"v\":2,");

    RecordReading.KeptAside kept = (RecordReading.KeptAside) read(nodeWith(newer));

    assertThat(kept.why()).contains("version 2");
    assertThat(kept.patch().annotations()).containsEntry(NodeKeys.LAST, Optional.of(newer));
  }

  @Test
  @DisplayName("K77 an older version's record is read, what it does not say is not so")
  void readsOlderVersions() {
    String older =
        """
        {"v":0,"episode":"abc","machine":{"nodeUID":"6f4f0f5e-node","vmId":"vm-1","bootID":"boot-1"},
         "events":[{"id":"E-1"}],"state":"Cordoned","since":"2026-11-21T12:00:00Z",
         "did":{"cordon":true},"prior":{"unschedulable":false},"not known":[{}]}
        """;

    RecordReading.Resume resume = (RecordReading.Resume) read(nodeWith(older));

    assertThat(resume.record().progress().state()).isEqualTo(MaintenanceState.CORDONED);
    assertThat(resume.record().did()).isEqualTo(Marks.NONE.withCordon(true));
    assertThat(resume.record().drain()).isEqualTo(DrainNote.EMPTY);
  }

  @Test
  void goesByTheFurtherOfAnnotationAndJournal() {
    NodeRecord annotation = Records.scheduled();
    NodeRecord later =
        annotation.with(
            annotation
                .progress()
                .entered(MaintenanceState.DRAINING, Phase.EVICTING, ANode.NOON.plusSeconds(9)));

    assertThat(NodeRecord.newer(annotation, later)).isEqualTo(later);
    assertThat(NodeRecord.newer(later, annotation)).isEqualTo(later);
    assertThat(NodeRecord.newer(annotation.drainedAgain(), later).attempt()).isEqualTo(2);
  }

  @Test
  void cutsPodsThatWereLeftAndSaysHowMany() {
    NodeRecord record = Records.scheduled();
    NodeRecord full =
        record.with(
            new DrainNote(
                List.of("E-1"),
                List.of("E-1"),
                record.drain().counts(),
                Collections.nCopies(
                    1_000, new DrainNote.Left("shop/web-0", "blocked by the budget shop/web")),
                0));

    String text = NodeRecordJson.write(full);

    RecordReading.Resume resume = (RecordReading.Resume) read(nodeWith(text));
    DrainNote drain = resume.record().drain();
    assertThat(drain.left().size() + drain.more()).isEqualTo(1_000);
    assertThat(drain.ackable()).containsExactly("E-1");
    // none is cut that had room
    assertThat(NodeText.bytes(text)).isBetween(8_100, 8_192);
  }
}
