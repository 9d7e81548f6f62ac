package io.drainwatch.watcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started so far, so that it can be stopped at any moment, in mid-start too: SIGTERM
 * does not wait for a server that is not up yet. One thread starts, any other stops.
 */
public final class Begun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Begun.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean closed;

  /**
   * A part that is to be stopped before those that were begun earlier.
   *
   * @throws CancellationException when all is stopped already; then this part is as well
   */
  <T extends AutoCloseable> T add(T part) {
    if (isTaken(part)) {
      return part;
    }
    closeQuietly(part);
    throw new CancellationException("stopped in the middle of the start");
  }

  private synchronized boolean isTaken(AutoCloseable part) {
    if (!closed) {
      parts.addFirst(part);
    }
    return !closed;
  }

  /** Nothing is begun, or all of it was stopped. */
  public synchronized boolean isEmpty() {
    return parts.isEmpty();
  }

  @Override
  public void close() {
    takeAll().forEach(Begun::closeQuietly);
  }

  private synchronized List<AutoCloseable> takeAll() {
    closed = true;
    List<AutoCloseable> all = List.copyOf(parts);
    parts.clear();
    return all;
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} does not stop as it should", part.getClass().getSimpleName(), e);
    }
  }
}
