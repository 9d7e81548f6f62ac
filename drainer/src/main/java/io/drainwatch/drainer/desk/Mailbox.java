package io.drainwatch.drainer.desk;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work for one Node: in the order it comes, never two pieces at once. Any thread may post. */
public final class Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
  private static final int MOST_AT_A_TIME = 16;

  private final String node;
  private final Desk desk;
  private final Queue<Runnable> letters = new ArrayDeque<>();
  private boolean isBusy;
  private boolean isClosed;

  public Mailbox(String node, Desk desk) {
    this.node = node;
    this.desk = desk;
  }

  public void post(Runnable letter) {
    synchronized (letters) {
      if (isClosed) {
        return;
      }
      letters.add(letter);
      if (isBusy) {
        return;
      }
      isBusy = true;
    }
    desk.run(this::work);
  }

  /** Whether nothing waits; asked from within a letter: behind this one. */
  public boolean isEmpty() {
    synchronized (letters) {
      return letters.isEmpty();
    }
  }

  /** What is under way is finished, what waits is forgotten. */
  public void close() {
    synchronized (letters) {
      isClosed = true;
      letters.clear();
    }
  }

  private void work() {
    for (int i = 0; i < MOST_AT_A_TIME; i++) {
      Optional<Runnable> next = next();
      if (next.isEmpty()) {
        return;
      }
      try {
        next.get().run();
      } catch (RuntimeException | StackOverflowError | LinkageError e) {
        // a bug must not end the watch over a Node: what comes next is folded as usual
        LOG.error("a folding for Node {} failed, the next one is made as usual", node, e);
      }
    }
    desk.run(this::work); // others have their turn
  }

  private Optional<Runnable> next() {
    synchronized (letters) {
      Optional<Runnable> next = Optional.ofNullable(letters.poll());
      isBusy = next.isPresent();
      return next;
    }
  }
}
