package io.drainwatch.drainer.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MachineFate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What became of the machine, in the record's JSON. */
class FateInRecordTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static NodeRecord record(Optional<MachineFate> fate) {
    NodeEvent event =
        new NodeEvent(
            "e1",
            "Reboot",
            EventStatus.STARTED,
            Optional.empty(),
            EventSource.PLATFORM,
            List.of("vm-1"),
            Optional.empty());
    return NodeRecord.begun(
        new NodeMachine("uid", Optional.of("vm"), "boot"),
        List.of(event),
        Progress.begun(NOW, Optional.empty()).withFate(fate),
        "rule",
        "holder");
  }

  @Test
  void isReadBackAsWritten() {
    for (MachineFate fate : MachineFate.values()) {
      NodeRecord record = record(Optional.of(fate));
      assertThat(NodeRecordJson.read(NodeRecordJson.write(record)))
          .isEqualTo(new RecordText.Read(record));
    }
    assertThat(NodeRecordJson.write(record(Optional.empty()))).doesNotContain("\"vm\":");
  }

  @Test
  void aWordOfALaterVersionDoesNotSpoilTheRecord() {
    String text =
        NodeRecordJson.write(record(Optional.of(MachineFate.DELETED)))
            .replace("\"deleted\"", "\"hibernated\"");
    assertThat(NodeRecordJson.read(text)).isEqualTo(new RecordText.Read(record(Optional.empty())));
  }
}
