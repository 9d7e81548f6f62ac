package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.distant.DistantObservation.NodeSeen;
import io.drainwatch.drainer.maintenance.Policy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** For how long a Node has been gone, as far as the watcher can know. */
class NodeGoneTest {
  private static final Instant GONE_AT = Instant.parse("2026-11-01T12:00:00Z");

  private final DistantWork work = new DistantWork(Policy.defaults(), true);
  private DistantState state = DistantState.of(TwoSided.NODE);

  private void see(NodeReading reading, Instant at) {
    state = work.next(state, new NodeSeen(reading), at).state();
  }

  @Test
  void isReckonedFromTheFirstLook() {
    see(new NodeReading.Gone(), GONE_AT);
    see(new NodeReading.Gone(), GONE_AT.plusSeconds(9));
    assertThat(state.goneSince()).hasValue(GONE_AT);
  }

  @Test
  void beginsAnewWhereItCouldNotBeLookedAt() {
    see(new NodeReading.Gone(), GONE_AT);
    see(new NodeReading.Unknown("time-out"), GONE_AT.plusSeconds(9));
    assertThat(state.goneSince()).hasValue(GONE_AT.plusSeconds(9));
  }

  @Test
  void isNotSaidByAnErrorAlone() {
    see(new NodeReading.Unknown("time-out"), GONE_AT);
    assertThat(state.goneSince()).isEmpty();
  }
}
