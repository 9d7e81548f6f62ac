package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Disks without room, clocks that are set, sinks that are gone; waits last no time. */
@Timeout(60)
class NotifierTroubleTest extends NotifierScene {
  /** Full for so many writes. */
  private static OutboxStore full(int writes, List<Outbox> kept) {
    return new OutboxStore() {
      private int tried;

      @Override
      public Optional<Outbox> load() {
        return Optional.empty();
      }

      @Override
      public Optional<String> save(Outbox outbox) {
        if (tried++ < writes) {
          return Optional.of("No space left on device");
        }
        kept.add(outbox);
        return Optional.empty();
      }
    };
  }

  @Test
  void aDiskThatHasRoomAgainGetsTheOutboxThoughNothingIsNew() {
    Semaphore never = new Semaphore(0);
    Notifier notifier =
        notifier(
            sinks("hangs"),
            (sink, number) -> {
              never.acquire();
              return OK;
            });
    List<Outbox> kept = new CopyOnWriteArrayList<>();
    notifier.begin(full(3, kept));
    notifier.tell(List.of(Example.notice(1)));

    await(() -> !kept.isEmpty());
    assertThat(kept.getFirst().next("hangs")).contains(Example.notice(1));
    assertThat(waits)
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));
    notifier.close();
  }

  @Test
  void aStopTriesTheDiskOnceMore() {
    CountDownLatch tried = new CountDownLatch(1);
    Semaphore never = new Semaphore(0);
    List<Outbox> kept = new CopyOnWriteArrayList<>();
    OutboxStore disk = full(1, kept);
    Notifier notifier =
        new Notifier(
            sinks("hangs"),
            now::get,
            counts,
            sink ->
                letter -> {
                  never.acquireUninterruptibly();
                  return OK;
                },
            end ->
                wait -> {
                  if (!wait.isZero()) {
                    tried.countDown();
                    end.await();
                  }
                  return end.getCount() > 0;
                },
            () -> 0);
    notifier.begin(disk);
    notifier.tell(List.of(Example.notice(1)));
    await(() -> tried.getCount() == 0);
    notifier.close();

    await(() -> !kept.isEmpty());
    assertThat(kept.getLast().next("hangs")).contains(Example.notice(1));
    never.release();
  }

  @Test
  void whatIsTooOldIsGivenUpAtOnceAndTheSinkHasItsPeace() {
    Notifier notifier = notifier(sinks("a"), (sink, number) -> BUSY);
    List<Notice> many = new ArrayList<>();
    IntStream.range(0, 200).forEach(each -> many.add(Example.notice(each)));
    notifier.tell(many);
    notifier.begin(OutboxStore.NONE);

    await(() -> counted.getOrDefault("a gave_up", 0) == 200);
    assertThat(waiting.get("a").getAsInt()).isZero();
    assertThat(waits.stream().filter(wait -> wait.compareTo(Duration.ofSeconds(7)) >= 0).count())
        .as("a wait after each try")
        .isEqualTo(counted.get("a failed").longValue());
    notifier.close();
  }

  @Test
  void aClockThatIsSetForwardGivesNothingUp() {
    Notifier notifier =
        notifier(
            sinks("a"),
            (sink, number) -> {
              if (number == 0) {
                now.updateAndGet(at -> at.plus(Duration.ofDays(30)));
                return BUSY;
              }
              return OK;
            });
    notifier.tell(List.of(Example.notice(1), Example.notice(2)));
    notifier.begin(OutboxStore.NONE);

    await(() -> counted.getOrDefault("a delivered", 0) == 2);
    assertThat(counted).doesNotContainKey("a gave_up");
    notifier.close();
  }

  @Test
  void whatIsKeptForASinkThatIsNoMoreCountsAsDropped() {
    List<Outbox> kept = new CopyOnWriteArrayList<>();
    kept.add(
        Outbox.EMPTY
            .plus(List.of(Example.notice(1)), sinks("old", "a").filters(), Outbox.MOST_OF_A_VM)
            .outbox());
    Notifier notifier = notifier(sinks("a"), (sink, number) -> OK);
    notifier.begin(keeping(kept));

    await(() -> told("a").size() == 1);
    assertThat(counted).containsEntry("old dropped", 1);
    notifier.close();
  }

  @Test
  void aSinkWhoseClassesCannotBeLoadedYetIsToldLater() {
    Notifier notifier =
        new Notifier(
            sinks("a"),
            now::get,
            counts,
            sink ->
                new Post() {
                  @Override
                  public Answer send(Letter letter) {
                    told.computeIfAbsent("a", any -> new CopyOnWriteArrayList<>())
                        .add(letter.body());
                    return OK;
                  }

                  @Override
                  public void warmUp() {
                    throw new NoClassDefFoundError("io/netty/Whatever");
                  }
                },
            end -> wait -> end.getCount() > 0,
            () -> 0);
    notifier.begin(OutboxStore.NONE);
    notifier.tell(List.of(Example.notice(1)));

    await(() -> told("a").size() == 1);
    notifier.close();
  }

  @Test
  void whatTelegramRefusesIsTriedAgainBecauseItMeansTheChat() {
    Answer refused = new Answer.Came(400, Optional.empty(), "chat not found");
    assertThat(Verdict.of(refused, SinkKind.TELEGRAM)).isInstanceOf(Verdict.Later.class);
    for (SinkKind kind : SinkKind.values()) {
      if (kind != SinkKind.TELEGRAM) {
        assertThat(Verdict.of(refused, kind)).isInstanceOf(Verdict.Refused.class);
      }
    }
  }
}
