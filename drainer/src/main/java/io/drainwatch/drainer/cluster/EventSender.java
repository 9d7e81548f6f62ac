package io.drainwatch.drainer.cluster;

import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends Events, one after the other, on a thread of its own; never waits for room. */
final class EventSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
  private static final int ROOM = 256;

  private final Wire wire;
  private final EventJson json;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(ROOM);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;

  EventSender(Wire wire, ClusterConnection connection, InstantSource clock) {
    this.wire = wire;
    json = new EventJson(connection, clock);
    thread = Thread.ofVirtual().name("drainwatch-events").start(this::run);
  }

  private record Waiting(String reason, Supplier<Asked> event) {}

  void tell(NodeNews news) {
    tell(new Waiting(news.notice().reason(), () -> json.of(news)));
  }

  void tell(SetNews news) {
    tell(new Waiting(news.notice().reason(), () -> json.of(news)));
  }

  private void tell(Waiting news) {
    if (!waiting.offer(news)) {
      long count = dropped.incrementAndGet();
      if (count == 1 || count % 100 == 0) {
        LOG.warn("Events are not sent for lack of room, so far {}", count);
      }
    }
  }

  long dropped() {
    return dropped.get();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        send(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Waiting news) {
    try {
      Reply reply = wire.ask(news.event().get());
      if (!(reply instanceof Reply.Http http && http.status() / 100 == 2)) {
        LOG.info("Event {} was not taken: {}", news.reason(), reply.told());
      }
    } catch (RuntimeException e) {
      LOG.warn("Event {} could not be sent: {}", news.reason(), Line.of(e));
    }
  }
}
