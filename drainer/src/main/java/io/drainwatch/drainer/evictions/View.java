package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes in what the pods of the Node look like. */
final class View {
  /** Older than this a view may justify waiting, never a request (section 5). */
  static final Duration OLDEST = Duration.ofSeconds(30);

  /** How long after its grace a pod is reported (section 8). */
  static final Duration OVERDUE = Duration.ofSeconds(30);

  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  private View() {}

  static void seen(Fold fold, EvictionObservation.PodsSeen view) {
    // a moment that lies ahead is one of before our clock was set back
    fold.asOf = fold.asOf.filter(known -> !known.isAfter(fold.now));
    if (fold.asOf.filter(known -> view.asOf().isBefore(known)).isPresent()) {
      return;
    }
    if (fold.asOf.filter(known -> !view.asOf().isAfter(known)).isEmpty()) {
      fold.looks = EvictionState.Looks.NONE;
    }
    fold.asOf = Optional.of(view.asOf());
    Map<String, PodDraft> before = fold.pods;
    fold.pods = new LinkedHashMap<>();
    for (EvictablePod pod : view.pods()) {
      PodDraft draft = before.remove(pod.uid());
      fold.pods.put(pod.uid(), draft == null ? new PodDraft(pod, fold.now) : draft);
      update(fold, fold.pods.get(pod.uid()), pod);
    }
    before.forEach((uid, draft) -> departed(fold, uid, draft));
  }

  private static void update(Fold fold, PodDraft draft, EvictablePod pod) {
    draft.pod = pod;
    draft.present = true;
    if (pod.isTerminating()) {
      if (draft.end.isEmpty()) {
        boolean byLostRequest = draft.inFlight.isPresent() || draft.lookAfter.isPresent();
        Optional<Instant> since = draft.lastSent.filter(at -> byLostRequest);
        draft.terminates(since.orElse(fold.now), pod.grace());
      }
      fold.evicted(draft);
    }
  }

  private static void departed(Fold fold, String uid, PodDraft draft) {
    draft.present = false;
    if (draft.fate != PodTrack.Fate.REPLACED) {
      fold.evicted(draft);
    }
    boolean remembered =
        draft.lastSent.filter(at -> fold.now.isBefore(at.plus(REMEMBERED))).isPresent();
    if (draft.inFlight.isPresent() || remembered) {
      fold.pods.put(uid, draft);
    }
  }

  static boolean isFresh(Fold fold) {
    return fold.asOf.filter(at -> !fold.now.isAfter(at.plus(OLDEST))).isPresent();
  }

  static boolean isNewerThan(Fold fold, Instant moment) {
    return fold.asOf.filter(at -> at.isAfter(moment)).isPresent();
  }

  static void reportOverdue(Fold fold) {
    for (PodDraft pod : fold.pods.values()) {
      boolean late = pod.end.filter(end -> !fold.now.isBefore(end.plus(OVERDUE))).isPresent();
      if (pod.present && late && !pod.overdue) {
        pod.overdue = true;
        pod.why = "still there though its grace is over";
        fold.tell(Reason.OVERDUE, pod, pod.why);
      }
    }
  }
}
