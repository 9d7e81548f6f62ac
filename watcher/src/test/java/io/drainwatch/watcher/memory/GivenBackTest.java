package io.drainwatch.watcher.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.watcher.report.Later;
import io.drainwatch.watcher.report.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Given back when all is quiet, once for each occasion. */
class GivenBackTest {
  private final List<Runnable> later = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private int times;

  private final GivenBack memory =
      GivenBack.by(
          (Later)
              (pause, work) -> {
                pauses.add(pause);
                later.add(work);
              },
          () -> times++);

  private void passTime() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  @Test
  void waitsUntilTheStartIsLongOver() {
    memory.begin(() -> false);
    assertThat(times).isZero();
    assertThat(pauses).containsExactly(GivenBack.QUIET);
    passTime();
    assertThat(times).isEqualTo(1);
  }

  @Test
  void isDoneOnceHoweverOftenItIsAskedForMeanwhile() {
    memory.begin(() -> false);
    memory.soon();
    passTime();
    passTime();
    assertThat(times).isEqualTo(1);
    memory.soon();
    passTime();
    assertThat(times).isEqualTo(2);
  }

  @Test
  void holdsUpNoMaintenance() {
    memory.begin(() -> true);
    passTime();
    assertThat(times).isZero();
  }

  @Test
  void isDoneForRealWithoutHarm() {
    GivenBack real = GivenBack.by((pause, work) -> work.run());
    real.begin(() -> false);
    assertThat(new byte[1_000_000]).hasSize(1_000_000);
  }

  @Test
  void isDoneAfterAMaintenanceAndForNothingLess() {
    memory.begin(() -> false);
    passTime();
    Story story =
        new Story(memory)
            .begin()
            .document()
            .document(Events.reboot("A"))
            .document(Events.reboot("A").started());
    assertThat(later).as("idle, and in mid-maintenance").isEmpty();
    story.document().document();
    assertThat(story.watch().episode()).isEmpty();
    passTime();
    assertThat(times).isEqualTo(2);
  }
}
