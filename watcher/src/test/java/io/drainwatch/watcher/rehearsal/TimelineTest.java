package io.drainwatch.watcher.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final TimelineEntry ENTRY =
      new TimelineEntry(
          Duration.ofMillis(3_200),
          Optional.of(Duration.ofMillis(8_100)),
          TimelineEntry.Kind.STATE,
          "Cordoned");
  private static final Verdict VERDICT =
      new Verdict(true, "Back.", Duration.ofSeconds(17), true, Optional.empty());

  private static String told(Function<PrintStream, Timeline> kind) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Timeline timeline = kind.apply(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    timeline.begin("Rehearsal");
    timeline.add(ENTRY);
    timeline.tick(Duration.ofSeconds(4), Optional.of(Duration.ofSeconds(7)), "Cordoned");
    timeline.end(VERDICT);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesPlainLinesIntoAPipe() {
    assertThat(told(PlainTimeline::new))
        .contains("   3.2 s     8.1 s  state       Cordoned\n")
        .endsWith("PASSED  Back.\n")
        .doesNotContain("\u001b");
  }

  @Test
  void countsDownOnATerminal() {
    assertThat(told(TerminalTimeline::new)).contains("deadline in 7.0 s").contains("\u001b[2K");
  }

  @Test
  void writesOneJsonObjectALine() throws Exception {
    for (String line : told(JsonTimeline::new).lines().toList()) {
      JsonNode node = new ObjectMapper().readTree(line);
      assertThat(node.path("kind").asText()).isIn("state", "verdict");
      assertThat(node.path("seconds").asDouble()).isPositive();
    }
  }
}
