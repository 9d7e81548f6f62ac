package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Disks without room, clocks that are set, sinks that are gone; waits last no time. */
@Timeout(60)
class NotifierTroubleTest {
  private static final Answer OK = new Answer.Came(200, Optional.empty(), "");
  private static final Answer BUSY =
      new Answer.Came(429, Optional.of(Duration.ofSeconds(7)), "slowly");

  private final AtomicReference<Instant> now = new AtomicReference<>(Example.AT);
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> told = new ConcurrentHashMap<>();
  private final Map<String, Integer> counted = new ConcurrentHashMap<>();
  private final Map<String, IntSupplier> waiting = new ConcurrentHashMap<>();
  private final DeliveryCounts counts =
      new DeliveryCounts() {
        @Override
        public void sink(String sink, IntSupplier number) {
          waiting.put(sink, number);
        }

        @Override
        public void counted(String sink, Result result) {
          counted.merge(sink + " " + result.label(), 1, Integer::sum);
        }

        @Override
        public void dropped(String sink, int notices) {
          counted.merge(sink + " dropped", notices, Integer::sum);
        }
      };

  /** Answers to a sink's tries, in order; the last one again and again. */
  private interface Answering {
    Answer to(String sink, int number) throws InterruptedException;
  }

  private Notifier notifier(NotificationSettings settings, Answering answering) {
    return new Notifier(
        settings,
        now::get,
        counts,
        sink ->
            letter -> {
              List<String> all =
                  told.computeIfAbsent(sink.name(), any -> new CopyOnWriteArrayList<>());
              try {
                Answer answer = answering.to(sink.name(), all.size());
                all.add(letter.body());
                return answer;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer.Silent("interrupted");
              }
            },
        end ->
            wait -> {
              if (!wait.isZero()) {
                waits.add(wait);
                now.updateAndGet(at -> at.plus(wait));
              }
              return end.getCount() > 0;
            },
        () -> 0);
  }

  private static NotificationSettings sinks(String... names) {
    return new NotificationSettings(
        Duration.ofHours(24),
        java.util.Arrays.stream(names)
            .map(
                name ->
                    Example.of(SinkKind.WEBHOOK, "https://example.com/" + name)
                        .named(name)
                        .template("{{notice}} {{id}}", "text/plain")
                        .settings())
            .toList(),
        Outbox.MOST_OF_A_VM);
  }

  private List<String> told(String sink) {
    return told.getOrDefault(sink, List.of());
  }

  private static void await(java.util.concurrent.Callable<Boolean> wanted) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(wanted);
  }

  private static OutboxStore keeping(List<Outbox> kept) {
    return new OutboxStore() {
      @Override
      public Optional<Outbox> load() {
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast());
      }

      @Override
      public Optional<String> save(Outbox outbox) {
        kept.add(outbox);
        return Optional.empty();
      }
    };
  }

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
