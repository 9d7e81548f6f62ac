package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import io.drainwatch.drainer.evictions.PodTrack.Fate;
import io.drainwatch.drainer.evictions.PodTrack.InFlight;
import io.drainwatch.drainer.evictions.PodTrack.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests go out now. Force comes first; then the order of the pods, and in a group the pod
 * that was not tried for longest, an unready one before others: a budget may let it go.
 */
final class Asking {
  private static final Comparator<PodDraft> PROBES_FIRST =
      Comparator.<PodDraft, Instant>comparing(pod -> pod.lastSent.orElse(Instant.MIN))
          .thenComparing(pod -> pod.pod.ready());

  private final Fold fold;
  private final Plan plan;
  private final Map<GroupKey, Integer> underWayOf = new HashMap<>();
  private int underWay;
  private boolean mustLook;

  private Asking(Fold fold, Plan plan) {
    this.fold = fold;
    this.plan = plan;
    fold.pods.values().stream().filter(it -> it.inFlight.isPresent()).forEach(this::isUnderWay);
  }

  static void ask(Fold fold) {
    Optional<Plan> plan = fold.plan;
    if (plan.isEmpty()
        || fold.stopped
        || fold.now.isBefore(plan.get().firstAt())
        || plan.get().isOver(fold.now)) {
      return;
    }
    new Asking(fold, plan.get()).ask();
  }

  private record Wish(PodDraft pod, Verb verb) {}

  private void ask() {
    List<Wish> wishes = new ArrayList<>();
    for (PodDraft pod : fold.pods.values()) {
      verb(pod).filter(verb -> isDue(pod, verb)).ifPresent(verb -> wishes.add(new Wish(pod, verb)));
    }
    wishes.sort(Comparator.comparing(wish -> wish.verb() == Verb.EVICT));
    Map<GroupKey, PodDraft> probes = probes(wishes);
    for (Wish wish : wishes) {
      boolean turn =
          wish.verb() != Verb.EVICT
              || fold.groupOf(wish.pod()).map(key -> probes.get(key) == wish.pod()).orElse(true);
      if (turn && hasRoom(wish)) {
        send(wish);
      }
    }
    if (mustLook && !fold.now.isBefore(fold.looks.next())) {
      int asked = fold.looks.asked() + 1;
      fold.looks = new EvictionState.Looks(asked, fold.now.plus(Pace.doubling(asked)));
      fold.requests.add(new EvictionRequest.Look());
    }
  }

  // what should become of the pod, by what the newest view says of it
  private Optional<Verb> verb(PodDraft pod) {
    if (!pod.present || pod.inFlight.isPresent() || pod.fate == Fate.REPLACED) {
      return Optional.empty();
    }
    Optional<Instant> forcePoint = plan.forcePoint(pod.pod, fold.settings);
    boolean released = forcePoint.filter(at -> !fold.now.isBefore(at)).isPresent();
    boolean forced = released && plan.deletes();
    if (pod.pod.isTerminating()) {
      return forced && outlasts(pod) ? Optional.of(Verb.SHORTEN) : Optional.empty();
    }
    boolean wanted =
        switch (pod.pod.decision()) {
          case EVICT -> true;
          case LATER, WAIT_COMPLETED -> released;
          case HOLD -> forced && fold.settings.forceHeld();
          case WAIT, BLOCK, IGNORE -> false;
        };
    if (pod.fate == Fate.ACCEPTED) {
      // accepted, yet a newer view shows it untouched: only force is left
      wanted &= forced && pod.lookAfter.filter(at -> View.isNewerThan(fold, at)).isPresent();
    }
    if (!wanted) {
      return Optional.empty();
    }
    boolean hadItsTry =
        pod.tries > 0 || forcePoint.filter(at -> pod.firstSeen.isBefore(at)).isPresent();
    if (forced && hadItsTry) {
      return Optional.of(Verb.FORCE);
    }
    return Optional.of(fold.withoutEvictionApi ? Verb.DELETE : Verb.EVICT);
  }

  private boolean outlasts(PodDraft pod) {
    return !pod.shortened
        && pod.pod.decision() == PodDecision.WAIT
        && pod.end.filter(this::isLate).isPresent();
  }

  // by a second at least: a grace has whole seconds
  private boolean isLate(Instant end) {
    return plan.deadline().filter(it -> !end.isBefore(it.plusSeconds(1))).isPresent();
  }

  private boolean isDue(PodDraft pod, Verb verb) {
    if (pod.lastSent.filter(at -> fold.now.isBefore(at.plus(Pace.LEAST))).isPresent()) {
      return false;
    }
    boolean sameAgain = pod.lastVerb.filter(last -> last == verb).isPresent();
    if (sameAgain && pod.notBefore.filter(fold.now::isBefore).isPresent()) {
      return false;
    }
    // a DELETE by uid that counted before does no harm; an eviction uses up the budget
    boolean unsure =
        verb == Verb.EVICT && pod.lookAfter.filter(at -> !View.isNewerThan(fold, at)).isPresent();
    if (unsure || !View.isFresh(fold)) {
      mustLook = true;
      return false;
    }
    return true;
  }

  private Map<GroupKey, PodDraft> probes(List<Wish> wishes) {
    Map<GroupKey, PodDraft> probes = new HashMap<>();
    for (Wish wish : wishes) {
      if (wish.verb() != Verb.EVICT) {
        continue;
      }
      fold.groupOf(wish.pod())
          .filter(this::isOpen)
          .ifPresent(
              key ->
                  probes.merge(
                      key,
                      wish.pod(),
                      (one, other) -> PROBES_FIRST.compare(other, one) < 0 ? other : one));
    }
    for (PodDraft pod : fold.pods.values()) {
      if (pod.isInFlight(Verb.EVICT)) {
        fold.groupOf(pod).ifPresent(probes::remove);
      }
    }
    return probes;
  }

  private boolean isOpen(GroupKey key) {
    return Optional.ofNullable(fold.groups.get(key))
        .filter(group -> !fold.now.isBefore(group.next()))
        .isPresent();
  }

  private boolean hasRoom(Wish wish) {
    if (underWay >= fold.settings.mostInFlight()) {
      return false;
    }
    if (fold.outage.probes() && (underWay > 0 || fold.now.isBefore(fold.outage.next()))) {
      return false;
    }
    return wish.verb() != Verb.EVICT
        || GroupKey.pacing(wish.pod().pod)
            .map(it -> underWayOf.getOrDefault(it, 0) < fold.windows.getOrDefault(it, 1))
            .orElse(true);
  }

  private void isUnderWay(PodDraft pod) {
    underWay++;
    if (pod.isInFlight(Verb.EVICT)) {
      GroupKey.pacing(pod.pod).ifPresent(it -> underWayOf.merge(it, 1, Integer::sum));
    }
  }

  private void send(Wish wish) {
    PodDraft pod = wish.pod();
    pod.tries++;
    Optional<Duration> grace = grace(pod, wish.verb());
    EvictionRequest.ForPod request =
        switch (wish.verb()) {
          case EVICT -> new EvictionRequest.Evict(pod.pod, pod.tries, grace);
          case FORCE -> delete(pod, grace, EvictionRequest.Why.FORCED);
          case SHORTEN -> delete(pod, grace, EvictionRequest.Why.SHORTENED);
          case DELETE -> delete(pod, grace, EvictionRequest.Why.NO_EVICTION_API);
        };
    fold.requests.add(request);
    count(pod, wish.verb());
    pod.inFlight =
        Optional.of(
            new InFlight(
                pod.tries,
                wish.verb(),
                fold.now,
                grace.orElse(pod.pod.grace()),
                request.onlyAtVersion().isPresent()));
    isUnderWay(pod);
    pod.lastSent = Optional.of(fold.now);
    pod.lastVerb = Optional.of(wish.verb());
  }

  private Optional<Duration> grace(PodDraft pod, Verb verb) {
    return switch (verb) {
      case EVICT, DELETE -> plan.graceOfEviction(pod.pod, fold.now);
      case FORCE, SHORTEN ->
          plan.deadline().map(end -> ForcePoint.grace(fold.now, end, pod.pod.grace()));
    };
  }

  private static EvictionRequest.ForPod delete(
      PodDraft pod, Optional<Duration> grace, EvictionRequest.Why why) {
    return new EvictionRequest.Delete(pod.pod, pod.tries, grace, why);
  }

  // each pod once, however often the request has to be sent
  private void count(PodDraft pod, Verb verb) {
    EvictionState.Counts was = fold.counts;
    if (verb == Verb.SHORTEN) {
      pod.shortened = true;
    }
    if (pod.lastVerb.filter(last -> last == verb).isPresent()) {
      return;
    }
    if (verb == Verb.FORCE) {
      fold.counts = new EvictionState.Counts(was.evicted(), was.forced() + 1, was.shortened());
      fold.tell(Reason.FORCED, pod, "deleted: its force point is reached. " + pod.why);
    } else if (verb == Verb.SHORTEN) {
      fold.counts = new EvictionState.Counts(was.evicted(), was.forced(), was.shortened() + 1);
      fold.tell(Reason.SHORTENED, pod, "its termination would outlast the deadline");
    }
  }
}
