package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** I9: one line, whatever stands in it. */
class SummaryLineTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static String line(String foreign, List<String> left) {
    Summary summary =
        new Summary(
            foreign,
            "vm-1",
            Summary.Ending.RETURNED,
            NOON,
            NOON,
            NOON.plusSeconds(60),
            Map.of(MaintenanceState.DRAINED, NOON.plusSeconds(9)),
            List.of(),
            DrainResult.Outcome.COMPLETE,
            foreign,
            left,
            Optional.of(Duration.ofSeconds(9)),
            0,
            0,
            true);
    return SummaryLine.of("n1", summary, EpisodeEnd.NODE_GONE);
  }

  @Test
  void foreignTextCannotEndTheLineOrColourATerminal() throws Exception {
    String nasty = "a\n\r\u001b[31m\u007f\u0085\u2028\"\u00e4";
    String line = line(nasty, List.of(nasty));
    assertThat(line).matches("[\\x20-\\x7e]+");
    JsonNode read = new ObjectMapper().readTree(line);
    assertThat(read.path("summary").textValue()).isEqualTo(nasty);
    assertThat(read.path("ending").textValue()).isEqualTo("node-gone");
    assertThat(read.path("drainMillis").longValue()).isEqualTo(9000);
  }

  @Test
  void itIsBounded() {
    List<String> many = IntStream.range(0, 5_000).mapToObj(i -> "shop/web-" + i).toList();
    assertThat(line("x".repeat(100_000), many)).hasSizeLessThan(4_000).contains("4980 more");
  }
}
