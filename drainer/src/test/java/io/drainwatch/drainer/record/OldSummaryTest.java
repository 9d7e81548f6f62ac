package io.drainwatch.drainer.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OldSummaryTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private static Summary summary(Optional<EventSource> source) {
    return new Summary(
        "A/vm",
        "vm",
        Summary.Ending.RETURNED,
        AT,
        AT,
        AT.plusSeconds(60),
        Map.of(),
        List.of(
            new Summary.EventSummary(
                "A", "Reboot", source, AT, Optional.empty(), Optional.empty(), true, true, true)),
        DrainResult.Outcome.COMPLETE,
        "",
        List.of(),
        Optional.empty(),
        0,
        0,
        false);
  }

  @Test
  void whatAnOlderVersionWroteIsReadWithoutItsSources() throws Exception {
    ObjectNode json =
        (ObjectNode)
            new ObjectMapper()
                .readTree(EpisodeJson.write(summary(Optional.of(EventSource.USER))).toString());
    assertThat(EpisodeJson.readSummary(json)).contains(summary(Optional.of(EventSource.USER)));

    ((ObjectNode) json.at("/events/0")).remove("source");
    assertThat(EpisodeJson.readSummary(json)).contains(summary(Optional.empty()));
  }
}
