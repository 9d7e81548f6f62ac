package io.drainwatch.drainer.nodes;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: what stands in a Node's annotations, when somebody else wrote it. */
class NodeTextFuzzTest {
  private static final String OBSERVATION =
      """
      {"v":1,"vmId":"id-1","vmName":"vm-1","bootID":"boot-1","incarnation":7,"readAt":"2026-11-21T12:00:00Z",\
      "health":"ok","events":[{"id":"E-1","type":"Reboot","status":"Scheduled","source":"Platform",\
      "notBefore":"2026-11-21T12:15:00Z","duration":"PT9S","resources":["vm-1","vm-2"]}],"missing":["E-0"],\
      "gone":["E-9"],"acks":[{"id":"E-1","at":"2026-11-21T12:00:00Z","status":200}],"hooks":[{"episode":"E-1/vm-1",\
      "hook":"drain","outcome":"failed","at":"2026-11-21T12:00:00Z","reason":"exit code 3"}],"more":0}""";

  private static final String OUTSIDE =
      """
      {"v":1,"episode":"E-1/vm-1","acks":[{"id":"E-1","at":"2026-11-21T12:00:00Z","tries":1,"status":200,\
      "holder":"drainer-0","notBefore":"2026-11-21T12:15:00Z"}]}""";

  @Test
  @DisplayName("L10 a record: an answer that can be shown and written again, whatever stands there")
  void aRecord() {
    String scheduled = NodeRecordJson.write(Records.scheduled());
    String marked = NodeRecordJson.write(Records.cordoned(ANode.aNode()));
    throwAt(
        List.of(scheduled, marked),
        bytes -> {
          String text = new String(bytes, UTF_8);
          switch (NodeRecordJson.read(text)) {
            case RecordText.Read(NodeRecord record) -> {
              String again = NodeRecordJson.write(record);
              assertThat(NodeText.bytes(again)).isLessThanOrEqualTo(8_192);
              assertThat(NodeRecordJson.read(again)).isInstanceOf(RecordText.Read.class);
            }
            case RecordText.Unreadable(String why) -> isFitForALog(why);
          }
          ANode node = ANode.aNode().withAnnotation(NodeKeys.RECORD, text);
          if (RecordReading.of(node.facts(), ANode.machine())
              instanceof RecordReading.KeptAside(NodePatch patch, String why)) {
            isFitForALog(why);
            assertThat(NodeText.bytes(NodePatchJson.write(patch).toString())).isLessThan(65_536);
          }
        });
  }

  @Test
  @DisplayName("L10 an observation: an answer that can be shown and written again")
  void anObservation() {
    assertThat(ObservationJson.read(OBSERVATION)).isInstanceOf(ObservationText.Read.class);
    throwAt(
        List.of(OBSERVATION),
        bytes -> {
          switch (ObservationJson.read(new String(bytes, UTF_8))) {
            case ObservationText.Read(ObservationNote note) ->
                assertThat(NodeText.bytes(ObservationJson.write(note))).isLessThanOrEqualTo(8_192);
            case ObservationText.Unreadable(String why) -> isFitForALog(why);
          }
        });
  }

  @Test
  @DisplayName("L10 a summary, and what was acknowledged from outside: themselves or nothing")
  void theOthers() {
    String last =
        LastMaintenanceJson.write(
            LastMaintenance.of(Records.scheduled(), LastMaintenance.Ending.RETURNED, ANode.NOON));
    assertThat(OutsideAcksJson.read(OUTSIDE)).isPresent();
    throwAt(
        List.of(last, OUTSIDE),
        bytes -> {
          String text = new String(bytes, UTF_8);
          LastMaintenanceJson.read(text)
              .ifPresent(
                  read ->
                      assertThat(NodeText.bytes(LastMaintenanceJson.write(read)))
                          .isLessThanOrEqualTo(8_192));
          OutsideAcksJson.read(text)
              .ifPresent(
                  read ->
                      assertThat(NodeText.bytes(OutsideAcksJson.write(read)))
                          .isLessThanOrEqualTo(8_192));
        });
  }

  private static void isFitForALog(String why) {
    assertThat(why).isNotBlank().hasSizeLessThan(600);
    assertThat(why.codePoints().filter(Character::isISOControl)).isEmpty();
  }
}
