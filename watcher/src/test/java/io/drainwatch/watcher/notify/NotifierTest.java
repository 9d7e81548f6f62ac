package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.Outbox;
import io.drainwatch.drainer.notify.Subject;
import io.drainwatch.watcher.report.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told what, in which order, again when. */
@Timeout(60)
class NotifierTest extends NotifierScene {
  private static String line(int number) {
    return "drained %032x".formatted(number);
  }

  @Test
  void aSinkThatHangsForAnHourDelaysNothing() {
    CountDownLatch hour = new CountDownLatch(1);
    Notifier notifier =
        notifier(
            sinks("hangs", "works"),
            (sink, number) -> {
              if (sink.equals("hangs")) {
                hour.await();
              }
              return OK;
            });
    List<Outbox> kept = new CopyOnWriteArrayList<>();
    notifier.begin(keeping(kept));
    Instant begin = now.get();

    // a whole maintenance goes by while the sink hangs: its steps wait for nobody
    Story story =
        new Story(new VmNotices(notifier, vm -> Subject.plainVm(vm, false)))
            .begin()
            .document(Events.reboot("7CB1D0F4-0001-4E0A-9A6E-0000000000A1"))
            .document(Events.reboot("7CB1D0F4-0001-4E0A-9A6E-0000000000A1").started())
            .document()
            .document();
    assertThat(story.watch().episode()).isEmpty();
    await(() -> told("works").size() == 8);
    assertThat(told("hangs")).isEmpty();
    assertThat(waiting.get("hangs").getAsInt()).isEqualTo(8);
    assertThat(now.get()).as("nobody waited").isEqualTo(begin);
    await(() -> kept.getLast().size("hangs") == 8 && kept.getLast().size("works") == 0);

    now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
    hour.countDown();
    await(() -> told("hangs").size() == 8);
    assertThat(told("hangs")).isEqualTo(told("works"));
    await(() -> kept.getLast().isEmpty());
    notifier.close();
  }

  @Test
  void aStopDoesNotWaitForASinkThatHangs() throws Exception {
    Semaphore never = new Semaphore(0);
    Notifier notifier =
        notifier(
            sinks("hangs"),
            (sink, number) -> {
              never.acquireUninterruptibly(); // not even an interrupt helps
              return OK;
            });
    List<Outbox> kept = new CopyOnWriteArrayList<>();
    notifier.begin(keeping(kept));
    notifier.tell(List.of(Example.notice(1)));
    await(never::hasQueuedThreads);

    long begin = System.nanoTime();
    notifier.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(kept.getLast().next("hangs")).contains(Example.notice(1));
    never.release();
  }

  @Test
  void goesOnWithWhatWasKept() {
    List<Outbox> kept = new CopyOnWriteArrayList<>();
    kept.add(
        Outbox.EMPTY
            .plus(
                List.of(Example.notice(1), Example.notice(2)),
                sinks("a").filters(),
                Outbox.MOST_OF_A_VM)
            .outbox());
    Notifier notifier = notifier(sinks("a"), (sink, number) -> OK);
    notifier.tell(List.of(Example.notice(2), Example.notice(3)));

    assertThat(notifier.begin(keeping(kept))).isTrue();

    await(() -> told("a").size() == 3);
    assertThat(told("a")).containsExactly(line(1), line(2), line(3));
    notifier.close();
  }

  @Test
  void triesAgainInOrderAndWhenAskedTo() {
    Notifier notifier =
        notifier(
            sinks("a"),
            (sink, number) ->
                switch (number) {
                  case 0, 1, 2 -> new Answer.Silent("away");
                  case 3 -> BUSY;
                  default -> OK;
                });
    notifier.tell(List.of(Example.notice(1), Example.notice(2)));
    notifier.begin(OutboxStore.NONE);

    await(() -> counted.getOrDefault("a delivered", 0) == 2);
    assertThat(told("a")).containsExactly(line(1), line(1), line(1), line(1), line(1), line(2));
    assertThat(waits)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8));
    assertThat(counted).containsEntry("a failed", 4);
    notifier.close();
  }

  @Test
  void waitsAsLongAsASinkAsksAndBeginsAnewAfterASuccess() {
    Notifier notifier =
        notifier(
            sinks("a"),
            (sink, number) ->
                switch (number) {
                  case 0 -> BUSY;
                  case 1, 3 -> new Answer.Silent("away");
                  default -> OK;
                });
    notifier.tell(List.of(Example.notice(1), Example.notice(2)));
    notifier.begin(OutboxStore.NONE);

    await(() -> counted.getOrDefault("a delivered", 0) == 2);
    assertThat(waits)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2), Duration.ofSeconds(1));
    notifier.close();
  }

  @Test
  void keepsAtTheStopWhatCameWhileTheDiskWasBusy() throws Exception {
    Semaphore never = new Semaphore(0);
    Semaphore disk = new Semaphore(0);
    List<Outbox> kept = new CopyOnWriteArrayList<>();
    Notifier notifier =
        notifier(
            sinks("hangs"),
            (sink, number) -> {
              never.acquireUninterruptibly();
              return OK;
            });
    notifier.begin(
        new OutboxStore() {
          @Override
          public Optional<Outbox> load() {
            return Optional.empty();
          }

          @Override
          public Optional<String> save(Outbox outbox) {
            disk.acquireUninterruptibly();
            kept.add(outbox);
            return Optional.empty();
          }
        });
    notifier.tell(List.of(Example.notice(1)));
    await(disk::hasQueuedThreads);
    notifier.tell(List.of(Example.notice(2)));

    notifier.close();
    disk.release(2);

    await(() -> kept.size() == 2);
    assertThat(kept.getLast().size("hangs")).isEqualTo(2);
    never.release();
  }

  @Test
  void givesUpWhatIsTooOldAndGoesOn() {
    Notifier notifier =
        notifier(
            sinks("a"),
            (sink, number) ->
                now.get().isBefore(Example.AT.plus(Duration.ofHours(24)))
                    ? new Answer.Silent("away")
                    : new Answer.Came(503, Optional.empty(), ""));
    notifier.tell(List.of(Example.notice(1), Example.notice(2)));
    notifier.begin(OutboxStore.NONE);

    await(() -> counted.getOrDefault("a gave_up", 0) == 2);
    assertThat(waiting.get("a").getAsInt()).isZero();
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMinutes(5)) <= 0);
    notifier.close();
  }

  @Test
  void whatIsRefusedForGoodHoldsUpNothing() {
    Notifier notifier =
        notifier(
            sinks("a"),
            (sink, number) -> number == 0 ? new Answer.Came(400, Optional.empty(), "no") : OK);
    notifier.tell(List.of(Example.notice(1), Example.notice(2)));
    notifier.begin(OutboxStore.NONE);

    await(() -> counted.getOrDefault("a delivered", 0) == 1);
    assertThat(told("a")).containsExactly(line(1), line(2));
    assertThat(counted).containsEntry("a refused", 1);
    notifier.close();
  }

  @Test
  void countsWhatItDrops() {
    Notifier notifier = notifier(sinks("a"), (sink, number) -> OK);

    List<Notice> many = new ArrayList<>();
    IntStream.range(0, Outbox.MOST_OF_A_VM + 5).forEach(each -> many.add(Example.notice(each)));
    notifier.tell(many);

    assertThat(counted).containsEntry("a dropped", 5);
    assertThat(waiting.get("a").getAsInt()).isEqualTo(Outbox.MOST_OF_A_VM);
  }

  @Test
  void aDiskThatIsFullKeepsNobodyFromBeingTold() {
    Notifier notifier = notifier(sinks("a"), (sink, number) -> OK);
    notifier.begin(
        new OutboxStore() {
          @Override
          public Optional<Outbox> load() {
            return Optional.empty();
          }

          @Override
          public Optional<String> save(Outbox outbox) {
            return Optional.of("No space left on device");
          }
        });
    notifier.tell(List.of(Example.notice(1)));

    await(() -> told("a").size() == 1);
    notifier.close();
  }
}
