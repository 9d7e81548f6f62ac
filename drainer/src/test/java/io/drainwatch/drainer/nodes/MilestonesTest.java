package io.drainwatch.drainer.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was of an episode, in the record's JSON. */
class MilestonesTest {
  private static final Milestones WAS =
      new Milestones(
          Optional.of(ANode.NOON),
          Map.of(MaintenanceState.CORDONED, ANode.NOON.plusSeconds(2)),
          Optional.of(DrainResult.Outcome.STARTED_FIRST),
          true,
          List.of(ANode.NOON, ANode.NOON.plusSeconds(7)));

  private static NodeRecord record(Milestones was) {
    NodeRecord record = Records.scheduled();
    return record.with(record.progress().with(was));
  }

  @Test
  void areReadBackAsWritten() {
    for (DrainResult.Outcome outcome : DrainResult.Outcome.values()) {
      NodeRecord record =
          record(
              new Milestones(WAS.stamp(), WAS.entered(), Optional.of(outcome), false, List.of()));
      assertThat(NodeRecordJson.read(NodeRecordJson.write(record)))
          .isEqualTo(new RecordText.Read(record));
    }
    assertThat(NodeRecordJson.read(NodeRecordJson.write(record(WAS))))
        .isEqualTo(new RecordText.Read(record(WAS)));
  }

  @Test
  void aRecordOfAnEarlierVersionIsReadWithoutThem() {
    String text = NodeRecordJson.write(record(Milestones.NONE));
    assertThat(text).doesNotContain("\"was\"");
    assertThat(NodeRecordJson.read(text)).isEqualTo(new RecordText.Read(record(Milestones.NONE)));
  }

  @Test
  void whatCannotBeReadOfThemDoesNotSpoilTheRecord() {
    String text =
        NodeRecordJson.write(record(WAS))
            .replace("\"started-first\"", "\"later\"")
            .replace("{\"Cordoned\":\"", "{\"Cordoned\":\"x")
            .replace("\"seen\":[\"", "\"seen\":[\"x");
    assertThat(NodeRecordJson.read(text))
        .isEqualTo(
            new RecordText.Read(
                record(new Milestones(WAS.stamp(), Map.of(), Optional.empty(), true, List.of()))));
  }
}
