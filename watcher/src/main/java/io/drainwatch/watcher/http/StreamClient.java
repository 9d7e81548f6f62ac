package io.drainwatch.watcher.http;

import io.drainwatch.watcher.report.Happening;
import io.drainwatch.watcher.report.MaintenanceFeed;
import io.drainwatch.watcher.report.ReportThread;
import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.http.sse.Event;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the stream, with a bounded buffer. Happenings come from any thread and are counted
 * there; the buffer and the subscriber belong to the {@link ReportThread}, so that events keep
 * their order. A client whose buffer is full is dropped: what it missed it gets back as the status
 * when it comes again.
 */
final class StreamClient implements MaintenanceFeed.Listener, Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

  /** A whole maintenance with a dozen scripts has fewer events. */
  static final int BUFFER = 128;

  private final Subscriber<? super Event<String>> subscriber;
  private final ReportThread thread;
  private final Consumer<StreamClient> left;
  private final Queue<Event<String>> buffer = new ArrayDeque<>(); // of the report thread
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  StreamClient(
      Subscriber<? super Event<String>> subscriber,
      ReportThread thread,
      Consumer<StreamClient> left) {
    this.subscriber = subscriber;
    this.thread = thread;
    this.left = left;
  }

  void begin(Supplier<String> status) {
    subscriber.onSubscribe(this);
    offer(() -> event("status", status.get()));
  }

  @Override
  public void happened(Happening happening) {
    offer(() -> event(happening.name(), StatusJson.write(happening)));
  }

  /** Shows that the line is open; not to one that has not read what was sent before. */
  void keepAlive() {
    if (waiting.get() == 0) {
      offer(() -> event("keepalive", "{}"));
    }
  }

  private static Event<String> event(String name, String data) {
    return Event.of(data).name(name);
  }

  private void offer(Supplier<Event<String>> event) {
    if (over.get()) {
      return;
    }
    if (waiting.incrementAndGet() > BUFFER) {
      drop();
      return;
    }
    thread.execute(
        () -> {
          buffer.add(event.get());
          deliver();
        });
  }

  private void deliver() {
    while (!over.get() && demand.get() > 0 && !buffer.isEmpty()) {
      demand.decrementAndGet();
      waiting.decrementAndGet();
      subscriber.onNext(buffer.remove());
    }
  }

  private void drop() {
    if (leave()) {
      LOG.info("a client of the stream does not keep up and is dropped");
      thread.execute(subscriber::onComplete);
    }
  }

  @Override
  public void request(long more) {
    demand.accumulateAndGet(
        more, (have, asked) -> have + asked < 0 ? Long.MAX_VALUE : have + asked);
    thread.execute(this::deliver);
  }

  @Override
  public void cancel() {
    leave();
  }

  private boolean leave() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      left.accept(this);
      thread.execute(buffer::clear);
    }
    return first;
  }
}
