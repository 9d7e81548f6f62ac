package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodework.NodeSettings;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The first event finds a warm process only if the drain on paper goes the whole way. */
class PaperFoldTest {
  @Test
  @DisplayName("the drainer's drain on paper is Drained")
  void goesTheWholeWay() {
    assertThat(
            PaperFold.drain(NodeSettings.defaults("paper"), Instant.parse("2026-11-21T12:00:00Z")))
        .hasValue(MaintenanceState.DRAINED);
  }
}
