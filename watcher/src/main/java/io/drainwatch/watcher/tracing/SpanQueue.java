package io.drainwatch.watcher.tracing;

import io.drainwatch.drainer.tracing.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Spans that wait to be sent, bounded. Whoever puts some in never waits; what there is no room for
 * is not taken.
 */
final class SpanQueue {
  /** A maintenance has some thirty. */
  static final int MOST = 1024;

  private final Queue<Span> waiting = new ArrayDeque<>();
  private boolean closed;

  /** How many were not taken. */
  synchronized int add(List<Span> spans) {
    int taken = Math.min(spans.size(), MOST - waiting.size());
    waiting.addAll(spans.subList(0, taken));
    if (taken > 0) {
      notifyAll();
    }
    return spans.size() - taken;
  }

  /** Waits until there are some; false: it is closed, and empty. */
  synchronized boolean awaitAny() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return !waiting.isEmpty();
  }

  synchronized List<Span> take(int most) {
    List<Span> batch = new ArrayList<>();
    while (batch.size() < most && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
