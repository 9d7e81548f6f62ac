package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Form controller where the disk of the Node takes no journal (K74). */
class UnjournaledTest {
  private static final ScheduledEvent FREEZE =
      new ScheduledEvent(
          "F",
          true,
          "Freeze",
          EventStatus.SCHEDULED,
          EventSource.PLATFORM,
          "VirtualMachine",
          List.of(TwoSided.VM),
          Optional.of(TwoSided.START.plus(Duration.ofMinutes(15))),
          Optional.of(Duration.ofSeconds(5)),
          "",
          Optional.empty());

  private final TwoSided two = new TwoSided();

  @Test
  @DisplayName("K74 without a journal no POST leaves before the note on the Node tells of it")
  void tellsBeforeItLeaves() {
    two.watcher.journals = false;
    two.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    two.platform(FREEZE);
    two.start().run("40S");
    assertThat(two.watcher.posted).isEmpty();
    two.api.faults().heal();
    two.run("70S");
    assertThat(two.watcher.posted).containsExactly("F");
  }

  @Test
  @DisplayName("with a journal it waits for nobody")
  void waitsForNobodyWhereAJournalTells() {
    two.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    two.platform(FREEZE);
    two.start().run("5S");
    assertThat(two.watcher.posted).containsExactly("F");
  }

  @Test
  @DisplayName("K63 K74 an approved Freeze ran for both sides, though the watcher died of it")
  void takesWhatMayHaveBeenApprovedForRun() {
    two.watcher.journals = false;
    two.platform(FREEZE);
    two.start();
    two.onlooker =
        () -> {
          if (!two.watcher.posted.isEmpty()) {
            two.watcher.kill();
          }
        };
    two.run("10S");
    two.onlooker = () -> {};
    assertThat(two.watcher.posted).containsExactly("F");
    two.platform();
    two.watcher.start(Optional.empty());
    two.run("60S");
    assertThat(two.watcher.story).contains("summary RETURNED").doesNotContain("hook cancelled");
    assertThat(two.drainer.story).contains("summary RETURNED");
  }
}
