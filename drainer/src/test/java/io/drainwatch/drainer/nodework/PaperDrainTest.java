package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The first event finds a warm process only if the drain on paper goes the whole way. */
class PaperDrainTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  @DisplayName("the drain on paper is Drained, in form agent, in dry-run too")
  void goesTheWholeWay() {
    NodeSettings settings = NodeSettings.defaults("paper");
    assertThat(PaperDrain.of(settings, new PaperCore(), NOON)).hasValue(MaintenanceState.DRAINED);
    assertThat(PaperDrain.of(settings.withWrites(false), new PaperCore(), NOON))
        .hasValue(MaintenanceState.DRAINED);
  }
}
