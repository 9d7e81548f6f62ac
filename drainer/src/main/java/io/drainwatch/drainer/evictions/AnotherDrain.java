package io.drainwatch.drainer.evictions;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the drain after this one has to know of it: which pods were asked for a moment ago, because
 * a second has to pass before they are asked for again (I5), and how often, so that no late answer
 * is taken for that to another request. All else it finds out anew.
 */
final class AnotherDrain {
  private AnotherDrain() {}

  static EvictionState after(EvictionState state, Instant now) {
    Map<String, PodTrack> pods = new LinkedHashMap<>();
    state.pods.forEach(
        (uid, track) -> {
          boolean isRecent =
              track.lastSent().filter(at -> now.isBefore(at.plus(Pace.LEAST))).isPresent();
          if (isRecent || track.inFlight().isPresent()) {
            pods.put(uid, asked(track));
          }
        });
    EvictionState none = EvictionState.NONE;
    return new EvictionState(
        none.plan,
        none.stopped,
        pods,
        none.asOf,
        none.groups,
        none.siblings,
        none.windows,
        none.outage,
        none.looks,
        none.tokenReadAt,
        none.withoutEvictionApi,
        none.counts);
  }

  private static PodTrack asked(PodTrack track) {
    return new PodTrack(
        track.pod(),
        false, // until it is seen
        track.firstSeen(),
        PodTrack.Fate.OPEN,
        track.tries(),
        track.lastSent(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        track.lookAfter(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        false,
        track.counted(),
        "");
  }
}
