package io.drainwatch.drainer.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, watches from there, and looks again whenever the watch cannot go on; for ever, until
 * closed. A failed look tells the listener nothing.
 */
abstract class WatchLoop implements Cluster.Watching {
  private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

  private final Wire wire;
  private final String path;
  private final String selector;
  private final WatchTimes times;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;
  private @Nullable WatchStream open;
  private long heardAt;
  private int failures;

  WatchLoop(Wire wire, String path, String selector, WatchTimes times) {
    this.wire = wire;
    this.path = path;
    this.selector = selector;
    this.times = times;
  }

  /**
   * Looks at what there is, and tells it.
   *
   * @return the version to watch from; empty: it failed, or there is nothing to watch yet
   */
  abstract Optional<String> look();

  /** ADDED, MODIFIED or DELETED; called under the lock. */
  abstract void event(WatchStream.Event event);

  /** Names of lists in an object that nobody needs. */
  Set<String> dropped() {
    return ApiJson.DROPPED;
  }

  /** All up to now has been told; called under the lock. */
  void bookmark() {}

  public final void start() {
    thread("drainwatch-watch", this::run);
    thread("drainwatch-watch-silence", this::endSilence);
  }

  final void thread(String name, Runnable body) {
    Thread.ofVirtual().name(name + " " + path + " " + selector).start(body);
  }

  /** Not while another does, and not once it is closed. */
  final void locked(Runnable deed) {
    lock.lock();
    try {
      if (!closed) {
        deed.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the open watch; it is begun anew by a look. */
  final void lookAgain(String why) {
    locked(
        () -> {
          LOG.warn("Watching {} {} begins anew: {}", path, selector, why);
          endWatch();
        });
  }

  /** False: closed meanwhile. */
  final boolean pause(Duration wait) {
    long left = wait.toNanos();
    lock.lock();
    try {
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      endWatch();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void endWatch() {
    WatchStream stream = open;
    if (stream != null) {
      stream.close();
    }
  }

  private void run() {
    boolean goesOn = true;
    while (goesOn) {
      failures++;
      try {
        Optional<String> from = look();
        while (from.isPresent()) {
          from = follow(from.get());
        }
      } catch (RuntimeException e) {
        LOG.error("Watching {} {} failed in an unforeseen way, it begins anew", path, selector, e);
      }
      goesOn = pause(times.backOff(failures, chance()));
    }
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** The version to go on from without a look, where the server has closed it in due course. */
  private Optional<String> follow(String version) {
    String last = version;
    boolean heard = false;
    try (WatchStream stream =
        WatchStream.open(wire, path, selector, version, times.openFor(chance()), dropped())) {
      if (!begin(stream)) {
        return Optional.empty();
      }
      while (true) {
        Optional<WatchStream.Event> event = stream.next();
        if (event.isEmpty()) {
          return heard ? Optional.of(last) : Optional.empty();
        }
        if (event.get().type().equals("ERROR")) {
          throw new IOException(
              StatusReader.read(event.get().object())
                  .map(status -> status.code() + " " + Line.of(status.message()))
                  .orElse("an error without a Status"));
        }
        heard = true;
        failures = 0;
        locked(() -> take(event.get()));
        last = event.get().version().isEmpty() ? last : event.get().version();
      }
    } catch (WatchStream.RefusedException | Wire.NoAnswerException | IOException e) {
      locked(
          () ->
              LOG.info("Watching {} {} ended, it is listed again: {}", path, selector, Line.of(e)));
      return Optional.empty();
    } finally {
      lock.lock();
      open = null;
      lock.unlock();
    }
  }

  private boolean begin(WatchStream stream) {
    lock.lock();
    try {
      heardAt = System.nanoTime();
      open = stream;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void take(WatchStream.Event event) {
    heardAt = System.nanoTime();
    switch (event.type()) {
      case "ADDED", "MODIFIED", "DELETED" -> event(event);
      case "BOOKMARK" -> bookmark();
      default -> LOG.debug("Unknown watch event {}", Line.cut(event.type(), 40));
    }
  }

  /** A connection that died without a word would else look like a quiet one. */
  private void endSilence() {
    while (pause(times.silence().dividedBy(4))) {
      locked(
          () -> {
            if (open != null && System.nanoTime() - heardAt > times.silence().toNanos()) {
              LOG.warn("Watching {} {} is silent: it is listed again", path, selector);
              endWatch();
            }
          });
    }
  }
}
