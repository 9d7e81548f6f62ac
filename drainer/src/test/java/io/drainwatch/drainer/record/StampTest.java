package io.drainwatch.drainer.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.VirtualVm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The stamp of an episode, in the journal and the history. */
class StampTest {
  private final VirtualVm vm = new VirtualVm();

  private Episode episode() {
    vm.platform.add(Events.reboot("A").event());
    return vm.start().run("5S").episode().orElseThrow();
  }

  @Test
  void noClockMovesIt() {
    Episode begun = episode();
    vm.stepClock(Duration.ofHours(-2)).run("5S");
    Episode now = vm.episode().orElseThrow();

    assertThat(now.begunAt()).isEqualTo(begun.begunAt().minus(Duration.ofHours(2)));
    assertThat(now.stamp()).isEqualTo(begun.stamp()).isEqualTo(begun.begunAt());
    assertThat(Summary.of(now, Summary.Ending.RETURNED, vm.now()).stamp()).isEqualTo(begun.stamp());
  }

  @Test
  void isReadBackAndOfAnEarlierVersionItIsTheBeginning() {
    Episode episode = episode();
    ObjectNode json = EpisodeJson.write(episode);
    assertThat(EpisodeJson.read(json)).isEqualTo(new EpisodeJson.Reading.Read(episode));
    json.remove("stamp");
    assertThat(EpisodeJson.read(json)).isEqualTo(new EpisodeJson.Reading.Read(episode));

    Summary summary = Summary.of(episode, Summary.Ending.RETURNED, vm.now());
    ObjectNode line = EpisodeJson.write(summary);
    assertThat(EpisodeJson.readSummary(line)).contains(summary);
    line.remove("stamp");
    assertThat(EpisodeJson.readSummary(line)).contains(summary);
    assertThat(line.has("stamp")).as("what was given is left as it is").isFalse();
  }
}
