package io.drainwatch.watcher.simulator;

import io.drainwatch.watcher.simulator.platform.SimulatedChange;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happened, one change after the other. Changes are added under the
 * simulator's lock and told outside of it: whoever comes first tells for all, so a listener may
 * call the simulator, and a slow one holds up no request but that one.
 */
final class ChangeFeed {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  private final Queue<SimulatedChange> waiting = new ConcurrentLinkedQueue<>();
  private final List<Consumer<? super SimulatedChange>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger callers = new AtomicInteger();

  void listen(Consumer<? super SimulatedChange> listener) {
    listeners.add(listener);
  }

  void add(List<SimulatedChange> changes) {
    waiting.addAll(changes);
  }

  void tell() {
    if (callers.getAndIncrement() != 0) {
      return; // somebody is telling, and will look again
    }
    int seen = 1;
    while (seen != 0) {
      for (Optional<SimulatedChange> next = next(); next.isPresent(); next = next()) {
        tell(next.get());
      }
      seen = callers.addAndGet(-seen);
    }
  }

  private Optional<SimulatedChange> next() {
    return Optional.ofNullable(waiting.poll());
  }

  private void tell(SimulatedChange change) {
    LOG.debug("{}", change.sentence());
    for (Consumer<? super SimulatedChange> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException failure) {
        LOG.warn(
            "A listener of the simulator failed on \"{}\"; the simulation goes on",
            change.sentence(),
            failure);
      }
    }
  }
}
