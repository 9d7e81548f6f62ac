package io.drainwatch.drainer.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All disruption budgets of the cluster. Where they may not be read, that is tried seldom. */
final class BudgetWatch extends WatchLoop implements SharedBudgets.Begins {
  static final String PATH = "/apis/policy/v1/poddisruptionbudgets";

  private static final Logger LOG = LoggerFactory.getLogger(BudgetWatch.class);
  private static final Duration LONGEST_LIST = Duration.ofSeconds(30);

  /** Of the longest wait between tries: a role does not come back within seconds. */
  private static final int PATIENCE = 10;

  private final Lists<BudgetStatus> lists;
  private final WatchTimes times;
  private final Listener listener;

  /** Called one at a time, and not after {@link #close} has returned. */
  interface Listener {
    /** All there are. */
    void listed(List<BudgetStatus> all);

    void is(BudgetStatus budget);

    void isGone(String key);

    /** They may not be read; what was told before does not count any more. */
    void refused(String why);
  }

  BudgetWatch(Wire wire, Lists<BudgetStatus> lists, WatchTimes times, Listener listener) {
    super(wire, lists.path(), lists.selector(), times);
    this.lists = lists;
    this.times = times;
    this.listener = listener;
  }

  @Override
  Optional<String> look() {
    return switch (lists.read(LONGEST_LIST)) {
      case Listing.Complete<BudgetStatus> complete -> {
        locked(() -> listener.listed(complete.items()));
        yield Optional.of(complete.version());
      }
      case Listing.Failed<BudgetStatus> failed -> {
        if (failed.status().filter(status -> status == 403 || status == 404).isPresent()) {
          locked(() -> listener.refused(failed.why()));
          pause(times.longest().multipliedBy(PATIENCE));
        } else {
          LOG.info("The disruption budgets stay as last seen: {}", Line.of(failed.why()));
        }
        yield Optional.empty();
      }
    };
  }

  @Override
  void event(WatchStream.Event event) {
    BudgetReader.read(event.object())
        .ifPresent(
            budget -> {
              if (event.type().equals("DELETED")) {
                listener.isGone(budget.key());
              } else {
                listener.is(budget);
              }
            });
  }
}
