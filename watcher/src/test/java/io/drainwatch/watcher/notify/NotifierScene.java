package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;

/** Outbox and couriers under a clock of the test's own; waits last no time. */
abstract class NotifierScene {
  static final Answer OK = new Answer.Came(200, Optional.empty(), "");
  static final Answer BUSY = new Answer.Came(429, Optional.of(Duration.ofSeconds(7)), "slowly");

  final AtomicReference<Instant> now = new AtomicReference<>(Example.AT);
  final List<Duration> waits = new CopyOnWriteArrayList<>();
  final Map<String, List<String>> told = new ConcurrentHashMap<>();
  final Map<String, Integer> counted = new ConcurrentHashMap<>();
  final Map<String, IntSupplier> waiting = new ConcurrentHashMap<>();
  final DeliveryCounts counts =
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
  interface Answering {
    Answer to(String sink, int number) throws InterruptedException;
  }

  final Notifier notifier(NotificationSettings settings, Answering answering) {
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

  static NotificationSettings sinks(String... names) {
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

  final List<String> told(String sink) {
    return told.getOrDefault(sink, List.of());
  }

  static void await(java.util.concurrent.Callable<Boolean> wanted) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(wanted);
  }

  static OutboxStore keeping(List<Outbox> kept) {
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
}
