package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks after each step at what the records of a pool say, and whether its budget was kept
 * (kubernetes-drain.md 15): nothing planned begins where no place is free, unless half of its
 * notice is used up; and nobody waits where one is.
 */
final class BudgetOracle {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Longer than who yields to another waits, and the pauses after requests that failed. */
  private static final Duration UNTIL_CORDONED = Duration.ofMinutes(1);

  private final FleetRun run;
  private final List<String> pool;
  private final int limit;
  private final Predicate<String> isPreempted;
  private final Predicate<String> isAnew;
  private final Map<String, Instant> published = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private final Map<String, Instant> unasked = new HashMap<>();
  private Set<String> begun = Set.of();
  private Set<String> placed = Set.of();
  private Optional<Instant> wastedSince = Optional.empty();

  /**
   * @param isPreempted whether a Preempt of that Node is announced; its record tells of it later
   * @param isAnew whether that Node was just made anew: its maintenance goes on
   */
  BudgetOracle(
      FleetRun run,
      List<String> pool,
      int limit,
      Predicate<String> isPreempted,
      Predicate<String> isAnew) {
    this.isAnew = isAnew;
    this.isPreempted = isPreempted;
    this.run = run;
    this.pool = pool;
    this.limit = limit;
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  void published(String eventId) {
    published.put(eventId, run.cluster.now());
  }

  /**
   * @param isKept by one who leads; two do not know of each other's
   */
  void look(boolean isKept) {
    Set<String> now = new HashSet<>();
    Set<String> placedNow = new HashSet<>();
    int newOnes = 0;
    int places = 0;
    for (String node : pool) {
      Optional<NodeRecord> record = run.record(node).filter(BudgetOracle::isUnderWay);
      if (record.isPresent()) {
        now.add(node);
        boolean takesPlace = takesPlace(record.get()) && !isPreempted.test(node);
        boolean hadToWait = takesPlace && run.cluster.now().isBefore(anyway(record.get()));
        boolean isNew = hadToWait && !begun.contains(node) && !isAnew.test(node);
        newOnes += isNew ? 1 : 0;
        if (takesPlace && !isNew && !placed.contains(node)) {
          unasked.put(node, run.cluster.now());
        }
        // a person's uncordon counts at once; the record tells of it when a drainer has seen it
        boolean isOut = run.isCordoned(node);
        places += isNew || (isOut && takesPlace && !isUnaskedSince(node)) ? 1 : 0;
        if (takesPlace) {
          placedNow.add(node);
        }
      }
    }
    if (isKept && newOnes > 0 && places > limit) {
      broken.add("the budget of %d is overdrawn: %s after %s".formatted(limit, now, begun));
    }
    begun = now;
    placed = placedNow;
  }

  /** Where nothing is in the way any more. */
  void lookWhetherAnybodyWaitsInVain() {
    boolean waits =
        pool.stream()
            .flatMap(node -> run.record(node).stream())
            .anyMatch(record -> record.progress().held() == HeldBy.BUDGET);
    Instant now = run.cluster.now();
    // all: of a Preempt that is gone the record does not tell, and then a place is taken
    wastedSince =
        waits && begun.size() < limit ? wastedSince.or(() -> Optional.of(now)) : Optional.empty();
    if (wastedSince.filter(since -> now.isAfter(since.plus(PATIENCE))).isPresent()) {
      broken.add("a place is free since " + wastedSince.get() + " and somebody waits for it");
    }
  }

  // it had not to wait, or was preempted before: who found a place free may be cordoned after it
  private boolean isUnaskedSince(String node) {
    return Optional.ofNullable(unasked.get(node))
        .filter(at -> run.cluster.now().isBefore(at.plus(UNTIL_CORDONED)))
        .isPresent();
  }

  private static boolean isUnderWay(NodeRecord record) {
    return record.prior().isPresent()
        && !record.progress().isOff()
        && record.progress().state().isBefore(MaintenanceState.UNCORDONED);
  }

  private static boolean takesPlace(NodeRecord record) {
    return record.events().stream()
        .noneMatch(each -> EventKind.of(each.type()) == EventKind.PREEMPT);
  }

  private Instant anyway(NodeRecord record) {
    return record.events().stream()
        .flatMap(each -> half(each).stream())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private Optional<Instant> half(NodeEvent event) {
    if (event.status() == EventStatus.STARTED) {
      return Optional.of(Instant.MIN); // nobody waits any more
    }
    Instant since = published.get(event.id());
    return event.notBefore().map(at -> since.plus(Duration.between(since, at).dividedBy(2)));
  }
}
