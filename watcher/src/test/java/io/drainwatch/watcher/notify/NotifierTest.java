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

/** Outbox and couriers under a clock of the test's own; waits last no time. */
@Timeout(60)
class NotifierTest {
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

  private static String line(int number) {
    return "drained %032x".formatted(number);
  }

  private List<String> told(String sink) {
    return told.getOrDefault(sink, List.of());
  }

  private static void await(java.util.concurrent.Callable<Boolean> wanted) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(wanted);
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
