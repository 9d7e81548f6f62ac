package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HistoryTableTest {
  private static final String WHOLE =
      """
      {"episode": "A/vm", "ending": "RETURNED", "begunAt": "2026-11-20T10:00:00Z",
       "endedAt": "2026-11-20T10:21:30Z", "drain": "COMPLETE", "drainTook": "PT42S",
       "entered": {"MAINTENANCE_STARTED": "2026-11-20T10:15:00Z", "RUNNING": "2026-11-20T10:20:00Z"},
       "left": [], "drainReason": "",
       "events": [{"id": "A", "type": "Reboot", "source": "PLATFORM", "notice": "PT14M59S",
                   "acknowledged": true},
                  {"id": "B", "type": "Redeploy", "source": "USER", "acknowledged": false}]}
      """;

  private static final String OLD =
      """
      {"begunAt": "2026-11-19T10:00:00Z", "endedAt": "yesterday", "ending": "NODE_GONE",
       "drain": "FAILED", "drainReason": "drain/20-x: exit code 3\\u001b[2J",
       "left": ["drain/20-x", "pod default/web-0"],
       "events": [{"id": "C", "type": "Preempt", "acknowledged": false}]}
      """;

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> table(int width) {
    return HistoryTable.of(
        List.of(json(WHOLE), json(OLD)), width == 0 ? OptionalInt.empty() : OptionalInt.of(width));
  }

  @Test
  void tellsAllWhereThereIsRoom() {
    List<String> lines = table(0);

    assertThat(lines.get(0).split(" +"))
        .containsExactly(
            "WHEN",
            "TYPE",
            "SOURCE",
            "ENDING",
            "NOTICE",
            "DRAIN",
            "TOOK",
            "MAINTENANCE",
            "WHOLE",
            "ACKNOWLEDGED",
            "LEFT");
    assertThat(lines.get(1))
        .matches(
            "2026-11-20T10:00:00Z +Reboot\\+Redeploy +platform\\+user +returned +14m59s +complete"
                + " +42s +5m0s +21m30s +by us 1 of 2 +-");
    assertThat(lines.get(2))
        .matches(
            "2026-11-19T10:00:00Z +Preempt +- +node-gone +- +failed +- +- +- +no +drain/20-x, pod"
                + " default/web-0 \\(drain/20-x: exit code 3 \\[2J\\)");
    assertThat(lines.get(1).indexOf("returned")).isEqualTo(lines.get(0).indexOf("ENDING"));
  }

  @Test
  void leavesOutWhatMattersLeastWhereThereIsLittleRoom() {
    assertThat(table(140).getFirst()).contains("WHOLE", "ACKNOWLEDGED").doesNotContain("SOURCE");
    assertThat(table(100).getFirst()).contains("ACKNOWLEDGED").doesNotContain("WHOLE", "SOURCE");
    assertThat(table(60).getFirst().split(" +"))
        .containsExactly("WHEN", "TYPE", "ENDING", "DRAIN", "...");
  }

  @Test
  void isNeverWiderThanTheTerminal() {
    for (int width = 1; width <= 220; width++) {
      int most = width;
      assertThat(table(width)).hasSize(3).allMatch(line -> line.length() <= most);
    }
  }

  @Test
  void aDrainByHandIsNobodysToAcknowledge() {
    JsonNode byHand =
        json("{\"events\": [{\"type\": \"Reboot\", \"source\": \"OPERATOR\"}], \"ending\": 5}");
    assertThat(HistoryTable.of(List.of(byHand), OptionalInt.empty()).getLast())
        .matches("- +Reboot +operator +- +- +- +- +- +- +- +-");
  }
}
