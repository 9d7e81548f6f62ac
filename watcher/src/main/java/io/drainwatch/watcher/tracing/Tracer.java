package io.drainwatch.watcher.tracing;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.tracing.MaintenanceSpans;
import io.drainwatch.drainer.tracing.Span;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.notify.Receiver;
import io.drainwatch.watcher.notify.Receiver.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the spans of this VM's maintenances. Whoever folds puts them into the queue and goes on;
 * {@code drainwatch-tracing} sends. A fault is said once until it is over.
 */
public final class Tracer implements Witness, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tracer.class);
  private static final int BATCH = 256;
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  /** What may have been on its way when the last process died. */
  private static final Duration AGAIN = Duration.ofMinutes(5);

  /** For what was not sent yet; the daemon has 5 s to stop. */
  private static final Duration LAST_TRY = Duration.ofSeconds(1);

  private final SpanQueue queue = new SpanQueue();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Function<String, Outcome> wire;
  private final Runnable warmUp;
  private final InstantSource clock;
  private final String version;
  private final Duration together;
  private Optional<Thread> sending = Optional.empty();
  private volatile boolean isFull;
  private String fault = "";

  /**
   * @param version of Drainwatch
   */
  public static Tracer of(TracingSettings settings, String version, InstantSource clock) {
    Receiver receiver =
        Receiver.over(settings.wire(), settings.address(), settings.headers(), clock);
    return new Tracer(receiver::post, receiver::warmUp, clock, version, TOGETHER);
  }

  /** For tests, with another wire and other waits. */
  Tracer(
      Function<String, Outcome> wire,
      Runnable warmUp,
      InstantSource clock,
      String version,
      Duration together) {
    this.wire = wire;
    this.warmUp = warmUp;
    this.clock = clock;
    this.version = version;
    this.together = together;
  }

  /**
   * Begins to send, first what ended right before the process did.
   *
   * @param open the maintenance that goes on
   * @param ended the newest ones that are over
   */
  public synchronized void begin(Optional<Episode> open, List<Summary> ended) {
    if (sending.isPresent() || isClosed()) {
      return;
    }
    Instant since = clock.instant().minus(AGAIN);
    ended.reversed().forEach(each -> tell(MaintenanceSpans.again(each, since)));
    open.ifPresent(each -> tell(MaintenanceSpans.again(each, since)));
    sending =
        Optional.of(Thread.ofPlatform().name("drainwatch-tracing").daemon(true).start(this::send));
  }

  @Override
  public void stepped(Step step) {
    tell(MaintenanceSpans.of(step.before(), step.observation(), step.transition(), step.at()));
  }

  /** Returns at once, whatever the collector does. */
  private void tell(List<Span> spans) {
    if (spans.isEmpty()) {
      return;
    }
    int dropped = queue.add(spans);
    if (dropped > 0 && !isFull) {
      LOG.warn("tracing: {} spans wait already, more are dropped", SpanQueue.MOST);
    }
    isFull = dropped > 0;
  }

  private void send() {
    try {
      warmUp.run();
      while (queue.awaitAny()) {
        // what comes together is sent together; ended meanwhile, it is sent at once
        boolean unused = closed.await(together.toMillis(), TimeUnit.MILLISECONDS);
        export(queue.take(BATCH));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void export(List<Span> batch) throws InterruptedException {
    String json = OtlpJson.of(batch, version);
    for (int failures = 0; true; failures++) {
      switch (Exporting.of(wire.apply(json), failures)) {
        case Exporting.Done(Optional<String> why) -> {
          said(why.orElse(""));
          return;
        }
        case Exporting.Again(String why, Duration after) -> {
          said(why + "; they are sent again");
          if (closed.await(after.toMillis(), TimeUnit.MILLISECONDS)) {
            return; // no time is left for another try
          }
        }
      }
    }
  }

  /**
   * @param now empty: all is well
   */
  private void said(String now) {
    if (now.isEmpty() && !fault.isEmpty()) {
      LOG.info("tracing: the collector takes spans again");
    } else if (!now.isEmpty() && fault.isEmpty()) {
      LOG.warn("tracing: the collector does not take spans: {}", now);
    }
    fault = now;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Sends what is there, for a second at most. */
  @Override
  public synchronized void close() {
    queue.close();
    closed.countDown();
    sending.ifPresent(Tracer::awaitTheLast);
  }

  private static void awaitTheLast(Thread sending) {
    try {
      if (!sending.join(LAST_TRY)) {
        sending.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
