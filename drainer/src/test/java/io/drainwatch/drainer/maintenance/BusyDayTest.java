package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.drainer.record.PeersJson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** L9: 1,000 events an hour. {@code -Ddrainwatch.hours=24} for a day of them. */
class BusyDayTest {
  private static final Logger LOG = LoggerFactory.getLogger(BusyDayTest.class);
  private static final int HOURS = Integer.getInteger("drainwatch.hours", 1);
  private static final int AN_HOUR = 1_000;

  /** What {@link LimitsTest} allows a record. */
  private static final int MOST_CHARACTERS = 160_000;

  /** The same with the newest document and the VM itself. */
  private static final int MOST_KNOWN = 400_000;

  @Test
  @DisplayName("L9 1,000 events an hour: one summary each, nothing stays cordoned, nothing grows")
  void endsEveryEpisodeOnceAndGrowsByNothing() {
    BusyDay day = new BusyDay(AN_HOUR);
    VirtualVm vm = day.vm;
    int largest = 0;
    int mostKnown = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      day.hour();
      assertThat(vm.violations).isEmpty();
      int size =
          vm.episode().map(each -> EpisodeJson.write(each).toString().length()).orElse(0)
              + PeersJson.write(vm.peers()).toString().length();
      largest = Math.max(largest, size);
      mostKnown = Math.max(mostKnown, vm.watch().toString().length());
    }
    LOG.info(
        "{} events, {} maintenances, record {} characters at most, all that is known {}",
        day.published(),
        day.episodes.size(),
        largest,
        mostKnown);
    assertThat(largest).as("the record").isLessThan(MOST_CHARACTERS);
    assertThat(mostKnown).as("all that the core knows, in words").isLessThan(MOST_KNOWN);
    day.calmsDown();
    assertThat(day.published()).isGreaterThanOrEqualTo(HOURS * AN_HOUR);
    assertThat(vm.platform).isEmpty();
    assertThat(vm.episode()).isEmpty();
    assertThat(vm.node.isCordoned()).isFalse();
    assertThat(day.episodes).isNotEmpty();
    assertThat(day.summaries.keySet()).isEqualTo(day.episodes);
    day.summaries.values().removeIf(times -> times == 1);
    assertThat(day.summaries).as("told more often than once").isEmpty();
  }
}
