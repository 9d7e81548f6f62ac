package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.Outbox;
import io.drainwatch.drainer.notify.RetryPace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outbox and couriers of a process. {@link #tell} never waits; {@code drainwatch-outbox} keeps the
 * outbox on the disk, one {@code drainwatch-notify-NAME} delivers to each sink.
 */
public final class Notifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  /** For the disk alone; no sink is waited for. */
  private static final Duration LONGEST_STOP = Duration.ofMillis(300);

  /** Whether or not anything is new: a disk gets room without a word. */
  private static final Duration DISK_AGAIN = Duration.ofSeconds(10);

  private final NotificationSettings settings;
  private final InstantSource clock;
  private final DeliveryCounts counts;
  private final Function<SinkSettings, Post> posts;
  private final Function<CountDownLatch, Courier.Pause> pauses;
  private final DoubleSupplier random;
  private final Desk desk;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> couriers = new ArrayList<>();
  private Optional<Thread> keeping = Optional.empty();
  private String diskFault = "";

  public Notifier(NotificationSettings settings, InstantSource clock, DeliveryCounts counts) {
    this(
        settings,
        clock,
        counts,
        sink -> new MicronautPost(sink, clock),
        end -> wait -> wait.isZero() || !end.await(wait.toNanos(), TimeUnit.NANOSECONDS),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** For tests, with another wire and other waits. */
  Notifier(
      NotificationSettings settings,
      InstantSource clock,
      DeliveryCounts counts,
      Function<SinkSettings, Post> posts,
      Function<CountDownLatch, Courier.Pause> pauses,
      DoubleSupplier random) {
    this.settings = settings;
    this.clock = clock;
    this.counts = counts;
    this.posts = posts;
    this.pauses = pauses;
    this.random = random;
    desk = new Desk(settings.filters(), settings.most());
    settings.sinks().forEach(sink -> counts.sink(sink.name(), () -> desk.waiting(sink.name())));
  }

  /**
   * Goes on where the last process ended. What was told before is sent behind what is kept.
   *
   * @return whether notices were kept here before; otherwise what the history tells is old news
   */
  public synchronized boolean begin(OutboxStore store) {
    if (isClosed() || keeping.isPresent()) {
      return false;
    }
    Optional<Outbox> onDisk = store.load();
    onDisk.map(desk::found).orElse(Map.of()).forEach(this::lostWithItsSink);
    keeping = Optional.of(started("outbox", () -> keep(store)));
    RetryPace pace = new RetryPace(settings.giveUpAfter());
    for (SinkSettings sink : settings.sinks()) {
      couriers.add(
          started(
              "notify-" + sink.name(),
              new Courier(
                  sink,
                  posts.apply(sink),
                  desk,
                  pace,
                  clock,
                  pauses.apply(closed),
                  random,
                  counts)));
    }
    return onDisk.isPresent();
  }

  /** Returns at once, whatever the sinks and the disk do. */
  public void tell(List<Notice> notices) {
    if (!notices.isEmpty()) {
      desk.take(notices)
          .forEach(
              (sink, number) -> {
                counts.dropped(sink, number);
                LOG.warn("notifications: the outbox is full, {} dropped for {}", number, sink);
              });
    }
  }

  private void lostWithItsSink(String sink, int number) {
    counts.dropped(sink, number);
    LOG.warn(
        "notifications: {} dropped that were kept for {}, which is not configured any more",
        number,
        sink);
  }

  private void keep(OutboxStore store) {
    try {
      Courier.Pause pause = pauses.apply(closed);
      for (Optional<Outbox> now = desk.toBeKept(); now.isPresent(); now = desk.toBeKept()) {
        if (!save(store, now.get()) && !pause.await(DISK_AGAIN)) {
          break;
        }
      }
      desk.last().ifPresent(last -> save(store, last));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean save(OutboxStore store, Outbox outbox) {
    String fault = store.save(outbox).orElse("");
    if (fault.isEmpty()) {
      desk.kept(outbox);
    }
    if (!fault.equals(diskFault)) {
      if (fault.isEmpty()) {
        LOG.info("notifications: the outbox is kept on the disk again");
      } else {
        LOG.warn("notifications: the outbox is in memory only: {}", fault);
      }
      diskFault = fault;
    }
    return fault.isEmpty();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static Thread started(String name, Runnable work) {
    return Thread.ofPlatform().name("drainwatch-" + name).daemon(true).start(work);
  }

  /** At once; what is not delivered is sent after the next start. */
  @Override
  public synchronized void close() {
    closed.countDown();
    desk.close();
    couriers.forEach(Thread::interrupt);
    keeping.ifPresent(Notifier::awaitTheDisk);
  }

  private static void awaitTheDisk(Thread keeping) {
    try {
      if (!keeping.join(LONGEST_STOP)) {
        LOG.warn("notifications: the outbox takes long to be written: is the disk stuck?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
