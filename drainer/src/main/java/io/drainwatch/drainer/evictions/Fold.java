package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state while one observation is folded in, with what comes of it. */
final class Fold {
  final EvictionSettings settings;
  final Instant now;
  Optional<Plan> plan;
  boolean stopped;
  Map<String, PodDraft> pods = new LinkedHashMap<>();
  Optional<Instant> asOf;
  final Map<GroupKey, Group> groups;
  final Map<GroupKey.Owner, GroupKey> siblings;
  final Map<GroupKey, Integer> windows;
  Outage outage;
  EvictionState.Looks looks;
  Optional<Instant> tokenReadAt;
  boolean withoutEvictionApi;
  EvictionState.Counts counts;
  final List<EvictionRequest> requests = new ArrayList<>();
  final List<EvictionNotice> notices = new ArrayList<>();

  Fold(EvictionState state, EvictionSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    plan = state.plan;
    stopped = state.stopped;
    state.pods.forEach((uid, track) -> pods.put(uid, PodDraft.of(track)));
    asOf = state.asOf;
    groups = new HashMap<>(state.groups);
    siblings = new HashMap<>(state.siblings);
    windows = new HashMap<>(state.windows);
    outage = state.outage;
    looks = state.looks;
    tokenReadAt = state.tokenReadAt;
    withoutEvictionApi = state.withoutEvictionApi;
    counts = state.counts;
  }

  EvictionStep step() {
    Map<String, PodTrack> done = new LinkedHashMap<>();
    pods.forEach((uid, draft) -> done.put(uid, draft.done()));
    EvictionState state =
        new EvictionState(
            plan,
            stopped,
            done,
            asOf,
            groups,
            siblings,
            windows,
            outage,
            looks,
            tokenReadAt,
            withoutEvictionApi,
            counts);
    return new EvictionStep(state, requests, notices);
  }

  void tell(Reason reason, PodDraft pod, String text) {
    notices.add(new EvictionNotice(reason, pod.pod, text));
  }

  /** Counts a pod that went after a request of ours, once, whether or not the answer came. */
  void evicted(PodDraft pod) {
    if (!pod.counted && pod.tries > 0) {
      pod.counted = true;
      counts = new EvictionState.Counts(counts.evicted() + 1, counts.forced(), counts.shortened());
      tell(Reason.EVICTED, pod, "evicted");
    }
  }

  /** The group in whose turn the pod is tried; empty: it stands for itself. */
  Optional<GroupKey> groupOf(PodDraft pod) {
    return GroupKey.waitingIn(pod.pod, pod.group, groups, siblings);
  }
}
