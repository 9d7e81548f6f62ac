package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a graph that fails and forgets for a moment, while the watcher is silent or
 * out of reach of its metadata service, and drainers come and go: one maintenance, which stands.
 */
class GraphHistoryTest {
  private static final int STEPS = 40;

  static java.util.stream.IntStream seeds() {
    return java.util.stream.IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neverBeginsTwiceNorEndsWhatStands(int seed) {
    Random dice = new Random(seed);
    FleetRun run = new FleetRun().nodes("n1");
    PlayedGraph graph = new PlayedGraph(run.cluster);
    run.companion = graph;
    Fleet fleet = run.leading(FleetRun.settings());
    ScheduledEvent event =
        PlayedGraph.event(
            "e1", "Reboot", EventStatus.SCHEDULED, FleetRun.NOON.plus(Duration.ofDays(1)));
    Set<String> episodes = new HashSet<>();
    boolean wasAbsent = false;
    boolean degraded = dice.nextBoolean();
    for (int i = 0; i < STEPS; i++) {
      if (degraded && dice.nextInt(3) == 0) {
        run.tell("n1", run.note("n1").health(Health.DEGRADED));
      }
      run.pass(Duration.ofSeconds(60 + dice.nextInt(60)));
      int what = dice.nextInt(10);
      if (what < 4 || (what < 7 && wasAbsent)) {
        graph.answers("n1", event);
        wasAbsent = false;
      } else if (what < 7) {
        graph.answers("n1"); // never two in a row
        wasAbsent = true;
      } else if (what < 9) {
        graph.fails("n1"); // then the row begins anew
        wasAbsent = false;
      } else {
        fleet.stop();
        fleet = run.drainer("drainer-" + i, FleetRun.settings());
        fleet.start();
        wasAbsent = false;
      }
      run.pass(Duration.ofSeconds(1));
      run.record("n1").ifPresent(record -> episodes.add(record.episode()));
      assertThat(episodes.isEmpty() || run.record("n1").isPresent()).as("stands").isTrue();
    }
    assertThat(run.violations).isEmpty();
    assertThat(run.summaries).isEmpty();
    assertThat(episodes).hasSizeLessThanOrEqualTo(1);
  }
}
