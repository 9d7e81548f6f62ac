package io.drainwatch.drainer.evictions;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The evictions of one Node: {@code next(state, observation, now) -> (state, requests)}, a pure
 * function over immutable values.
 *
 * <ol>
 *   <li>The observation is taken in: pods by {@link View}, answers by {@link Answering}, whose
 *       meaning is {@link AnswerTable}'s and whose wait is {@link Pace}'s.
 *   <li>Then {@link Asking} says which requests go out now.
 * </ol>
 *
 * <p>Properties: a request names a pod of the newest view by its uid; none goes out on a view older
 * than 30 s, after a stop or at the deadline and later; a second at least between two requests for
 * a pod, and never two under way; at most {@code mostInFlight} under way; one pod probes for its
 * group. Of a budget's pods, or of a controller's where budgets are not read, the first goes alone,
 * and for each one admitted one more may be under way: so a budget that is used up is found out by
 * one request, not by twenty. After three failures of the API in a row one request probes for all.
 */
public final class Evictions {
  private final EvictionSettings settings;

  public Evictions(EvictionSettings settings) {
    this.settings = settings;
  }

  public EvictionStep next(EvictionState state, EvictionObservation observation, Instant now) {
    Fold fold = new Fold(state, settings, now);
    take(fold, observation);
    forgetGroups(fold);
    View.reportOverdue(fold);
    Asking.ask(fold);
    return fold.step();
  }

  private static void take(Fold fold, EvictionObservation observation) {
    switch (observation) {
      case EvictionObservation.Start start -> {
        Instant startedAt = fold.plan.map(Plan::startedAt).orElse(fold.now);
        fold.plan =
            Optional.of(
                new Plan(
                    startedAt,
                    start.deadline(),
                    start.atDeadline(),
                    start.firstAt(),
                    start.evictionKnown()));
        fold.stopped = false;
      }
      case EvictionObservation.Stop() -> fold.stopped = true;
      case EvictionObservation.PodsSeen view -> View.seen(fold, view);
      case EvictionObservation.Answered answered -> Answering.take(fold, answered);
      case EvictionObservation.BudgetOpened(String namespace, String name) ->
          fold.groups.computeIfPresent(
              new GroupKey.Budget(namespace, name), (key, group) -> group.opened(fold.now));
      case EvictionObservation.BudgetGone(String namespace, String name) ->
          dissolve(fold, new GroupKey.Budget(namespace, name));
      case EvictionObservation.Tick() -> {}
    }
  }

  private static void dissolve(Fold fold, GroupKey key) {
    fold.groups.remove(key);
    fold.siblings.values().removeIf(key::equals);
  }

  private static void forgetGroups(Fold fold) {
    Set<GroupKey> used = new HashSet<>();
    Set<GroupKey.Owner> owners = new HashSet<>();
    Set<GroupKey> paced = new HashSet<>();
    for (PodDraft pod : fold.pods.values()) {
      fold.groupOf(pod).ifPresent(used::add);
      // a role that is wrong hides the group behind it
      pod.group.ifPresent(used::add);
      GroupKey.ownerOf(pod.pod).ifPresent(owners::add);
      GroupKey.pacing(pod.pod).ifPresent(paced::add);
    }
    fold.siblings.keySet().retainAll(owners);
    used.addAll(fold.siblings.values());
    fold.groups.keySet().retainAll(used);
    fold.windows.keySet().retainAll(paced);
  }

  /** When to come back at the latest, though nothing is observed; after {@code now}. */
  public Optional<Instant> wakeAt(EvictionState state, Instant now) {
    return EvictionTimetable.next(state, settings, now);
  }
}
