package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Observation.AcknowledgeAnswered;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.WatchRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a maintenance while its record cannot be written. */
@Timeout(60)
class FullDiskTest {
  private static final Machine MACHINE = new Machine("vm-1", Optional.of("id"), "boot-1", false);
  private static final Instant NOT_BEFORE = Instant.now().plus(Duration.ofMinutes(30));
  private static final int ROUNDS = 3;

  private final SteppedClock clock = new SteppedClock();
  private final Disk disk = new Disk();
  private final World world = new World();
  private final Seen seen = new Seen();
  private final MaintenanceLoop loop =
      new MaintenanceLoop(
          new Lifecycle(LifecycleSettings.defaults()),
          WatchRecord.EMPTY,
          true,
          disk,
          List.of(world),
          List.of(seen),
          new ClockWatch(clock, System::nanoTime),
          alarm -> {},
          () -> {},
          step -> {});

  @AfterEach
  void stop() {
    loop.stop();
    assertThat(seen.violations()).isEmpty();
  }

  @Test
  void goesOnWithoutARecordAndAcknowledgesOnceThereIsOne() {
    disk.full = true;
    start();
    document();
    seen.await("state Drained");
    document();
    document();
    settle();

    assertThat(world.acknowledged).isEmpty();
    assertThat(loop.diskFault()).contains("no space left");

    disk.full = false;
    document();
    seen.awaitThat("an acknowledgement", () -> !world.acknowledged.isEmpty());
    assertThat(world.acknowledged).containsExactly("E1");
    assertThat(loop.diskFault()).isEmpty();
  }

  @Test
  void aDiskThatIsFullRightAtTheAcknowledgementLetsNothingOut() {
    // the record with Drained is written, the one that says "about to acknowledge" is not
    disk.fullOnce = FullDiskTest::isAboutToAcknowledge;
    start();
    document();
    seen.await("notify NOT_RECORDED");
    settle();

    assertThat(world.acknowledged).isEmpty();

    clock.step(Duration.ofSeconds(1));
    document();
    seen.awaitThat("an acknowledgement", () -> !world.acknowledged.isEmpty());
    assertThat(world.acknowledged).containsExactly("E1");
  }

  @Test
  void doesNotSpinWhileTheDiskIsFull() {
    disk.full = true;
    start();
    document();
    seen.await("state Drained");
    settle();

    int steps = seen.steps();
    int tries = disk.tries;
    for (int i = 0; i < 10; i++) {
      document();
    }
    settle();

    assertThat(disk.tries - tries).as("one try for each").isEqualTo(10 + ROUNDS);
    assertThat(seen.steps() - steps)
        .as("each, and once that it was in vain")
        .isLessThanOrEqualTo(2 * (10 + ROUNDS) + ROUNDS);
  }

  @Test
  void aSummaryThatCannotBeKeptDoesNotHoldTheEpisodeUp() {
    start();
    document();
    seen.await("state Drained");
    disk.historyIsFull = true;
    loop.report(new Observation.DocumentRead(empty()));
    loop.report(new Observation.DocumentRead(empty()));

    seen.await("over");
    assertThat(disk.kept).isEmpty();
  }

  @Test
  void aRealDiskThatCannotBeWrittenIsWaitedFor(@TempDir Path directory) throws IOException {
    try (TestVm vm = TestVm.in(directory)) {
      vm.hook(Hook.DRAIN, "10-a", "echo ready; until [ -e go ]; do sleep 0.02; done").start();
      String id = vm.publish("Reboot");
      vm.seen().await("said drain/10-a: ready");
      Path journal = vm.state().resolve("journal.jsonl");
      Files.delete(journal);
      Files.createDirectory(journal);
      vm.put("go");
      vm.seen().await("state Drained");
      vm.seen().awaitPolls(5);

      assertThat(vm.posts()).isEmpty();
      assertThat(vm.daemon().diskFault()).isPresent();

      Files.delete(journal);
      vm.endOnceStarted(id);
      assertThat(vm.posts()).containsExactly(id);
      assertThat(vm.daemon().diskFault()).isEmpty();
      assertThat(vm.journal().getLast()).contains("\"record\":{}");
    }
  }

  private static boolean isAboutToAcknowledge(Episode episode) {
    return episode.state() == MaintenanceState.DRAINED
        && episode.events().stream().anyMatch(each -> each.acknowledgement().inFlight());
  }

  private void start() {
    Thread.ofPlatform().daemon().start(loop);
    loop.report(new Observation.DaemonStarted(MACHINE));
  }

  private void document() {
    loop.report(
        new Observation.DocumentRead(
            new Document(OptionalLong.of(1), List.of(reboot()), clock.instant())));
  }

  private Document empty() {
    return new Document(OptionalLong.of(2), List.of(), clock.instant());
  }

  private static ScheduledEvent reboot() {
    return new ScheduledEvent(
        "E1",
        true,
        "Reboot",
        EventStatus.SCHEDULED,
        EventSource.PLATFORM,
        "VirtualMachine",
        List.of("vm-1"),
        Optional.of(NOT_BEFORE),
        Optional.empty(),
        "",
        Optional.empty());
  }

  /** Until everything reported so far is folded, and what came of it as well. */
  private void settle() {
    for (int round = 0; round < ROUNDS; round++) {
      int ticks = seen.ticks();
      loop.report(new Observation.Tick());
      seen.awaitThat("the tick to be folded", () -> seen.ticks() > ticks);
    }
  }

  /** A disk that can be full. */
  private static final class Disk implements RecordKeeper {
    private volatile boolean full;
    private volatile boolean historyIsFull;
    private volatile int tries;
    private volatile Predicate<Episode> fullOnce = episode -> false;
    private volatile Optional<Episode> kept = Optional.empty();

    @Override
    public Optional<String> keep(WatchRecord record, Instant at) {
      tries++;
      if (full || record.episode().filter(fullOnce).isPresent()) {
        fullOnce = each -> false;
        return Optional.of("no space left");
      }
      kept = record.episode();
      return Optional.empty();
    }

    @Override
    public Optional<String> addToHistory(Summary summary, Instant at) {
      return historyIsFull ? Optional.of("no space left") : Optional.empty();
    }

    @Override
    public Optional<String> setAside(Episode foreign) {
      return Optional.empty();
    }
  }

  /** Hooks without scripts, and a platform that accepts. */
  private static final class World implements Deeds {
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();

    @Override
    public boolean carryOut(Action action, Watch watch, Consumer<Observation> report) {
      switch (action) {
        case Action.ListHook(Hook hook) ->
            report.accept(new Observation.HookListed(hook, List.of()));
        case Action.Acknowledge(String id, int attempt) -> {
          acknowledged.add(id);
          report.accept(
              new AcknowledgeAnswered(id, AcknowledgeAnswered.Answer.ACCEPTED, Optional.empty()));
        }
        default -> {
          return new PlainVm().carryOut(action, watch, report);
        }
      }
      return true;
    }
  }
}
