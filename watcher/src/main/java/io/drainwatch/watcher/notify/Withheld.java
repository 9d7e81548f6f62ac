package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.watcher.daemon.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a daemon without a journal does not tell yet. Its record may stand on its Node: an event
 * that it sees as begun, and takes for one that nobody drained, was drained by its predecessor. So
 * the first steps are kept back until the record was found, which makes them void, or may not be
 * found any more.
 *
 * <p>Belongs to whoever has its lock.
 */
final class Withheld {
  /** More than a start has; whoever has that many tells. */
  static final int MOST = 64;

  private final Duration longest;
  private final LongSupplier nanoseconds;
  private final long since;
  private List<Witness.Step> steps = new ArrayList<>();
  private boolean over;

  /**
   * @param longest from now; zero: the record is known from the start
   * @param nanoseconds monotonic
   */
  Withheld(Duration longest, LongSupplier nanoseconds) {
    this.longest = longest;
    this.nanoseconds = nanoseconds;
    since = nanoseconds.getAsLong();
    over = longest.isZero();
  }

  /** What is to be told after this step, in order. */
  List<Witness.Step> after(Witness.Step step) {
    Optional<Episode> known = step.before().episode();
    if (steps.isEmpty() && known.isPresent()) {
      over = true; // the journal told of it
    }
    if (step.observation() instanceof Observation.RecordFound) {
      over = true;
      if (!known.equals(step.transition().watch().episode())) {
        steps.clear();
      }
    }
    steps.add(step);
    return due();
  }

  /** What is to be told by now. */
  List<Witness.Step> due() {
    boolean late = nanoseconds.getAsLong() - since >= longest.toNanos();
    over |= late || steps.size() > MOST;
    if (!over || steps.isEmpty()) {
      return List.of();
    }
    List<Witness.Step> told = steps;
    steps = new ArrayList<>();
    return told;
  }
}
