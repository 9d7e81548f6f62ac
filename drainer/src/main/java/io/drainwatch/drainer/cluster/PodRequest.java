package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer.Failure;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request for a pod, under way. Answered exactly once, whatever happens, on a thread of ours. */
final class PodRequest implements Cluster.Sent {
  private static final Logger LOG = LoggerFactory.getLogger(PodRequest.class);

  private final Wire wire;
  private final Duration wait;
  private final Asked asked;
  private final Consumer<EvictionAnswer> answered;
  private final Thread thread;
  private boolean isCancelled;
  private boolean isOver;

  /**
   * @param wait before it is sent
   */
  PodRequest(Wire wire, Duration wait, Asked asked, Consumer<EvictionAnswer> answered) {
    this.wire = wire;
    this.wait = wait;
    this.asked = asked;
    this.answered = answered;
    thread = Thread.ofVirtual().name("drainwatch-pod-request").unstarted(this::run);
  }

  void begin() {
    thread.start();
  }

  /** What is on the wire already stays there, and ends by its limit at the latest. */
  @Override
  public synchronized void cancel() {
    isCancelled = true;
    if (!isOver) {
      thread.interrupt();
    }
  }

  private void run() {
    EvictionAnswer answer;
    try {
      answer =
          isCancelledBeforeItIsDue()
              ? new EvictionAnswer.Failed(Failure.RESET, "given up before it was sent")
              : StatusReader.answer(wire.ask(asked));
    } catch (RuntimeException e) {
      LOG.error("A request for a pod failed in an unforeseen way: {}", Line.of(e), e);
      answer = new EvictionAnswer.Failed(Failure.RESET, Line.of(e));
    }
    synchronized (this) {
      isOver = true; // no interrupt reaches the listener
      Thread.interrupted();
    }
    answered.accept(answer);
  }

  private synchronized boolean isCancelledBeforeItIsDue() {
    long due = System.nanoTime() + wait.toNanos();
    try {
      for (long left = wait.toNanos(); !isCancelled && left > 0; left = due - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      return true; // by cancel
    }
    return isCancelled;
  }
}
