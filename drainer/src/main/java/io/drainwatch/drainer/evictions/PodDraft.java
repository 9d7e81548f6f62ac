package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.PodTrack.Fate;
import io.drainwatch.drainer.evictions.PodTrack.InFlight;
import io.drainwatch.drainer.evictions.PodTrack.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A {@link PodTrack} while one observation is folded in. */
final class PodDraft {
  EvictablePod pod;
  boolean present = true;
  final Instant firstSeen;
  Fate fate = Fate.OPEN;
  int tries;
  Optional<Instant> lastSent = Optional.empty();
  Optional<Verb> lastVerb = Optional.empty();
  Optional<InFlight> inFlight = Optional.empty();
  int refusals;
  int failures;
  Optional<Instant> notBefore = Optional.empty();
  Optional<Instant> lookAfter = Optional.empty();
  Optional<GroupKey> group = Optional.empty();
  Optional<PodTrack.Blocked> blocked = Optional.empty();
  boolean shortened;
  Optional<Instant> end = Optional.empty();
  boolean overdue;
  boolean counted;
  String why = "";

  PodDraft(EvictablePod pod, Instant firstSeen) {
    this.pod = pod;
    this.firstSeen = firstSeen;
  }

  static PodDraft of(PodTrack track) {
    PodDraft draft = new PodDraft(track.pod(), track.firstSeen());
    draft.present = track.present();
    draft.fate = track.fate();
    draft.tries = track.tries();
    draft.lastSent = track.lastSent();
    draft.lastVerb = track.lastVerb();
    draft.inFlight = track.inFlight();
    draft.refusals = track.refusals();
    draft.failures = track.failures();
    draft.notBefore = track.notBefore();
    draft.lookAfter = track.lookAfter();
    draft.group = track.group();
    draft.blocked = track.blocked();
    draft.shortened = track.shortened();
    draft.end = track.end();
    draft.overdue = track.overdue();
    draft.counted = track.counted();
    draft.why = track.why();
    return draft;
  }

  PodTrack done() {
    return new PodTrack(
        pod, present, firstSeen, fate, tries, lastSent, lastVerb, inFlight, refusals, failures,
        notBefore, lookAfter, group, blocked, shortened, end, overdue, counted, why);
  }

  /** By one clock, ours: the pod's own time stamp is another's. */
  void terminates(Instant since, Duration grace) {
    end = Optional.of(since.plus(grace));
    overdue = false;
  }

  void blockedBy(BlockedCause cause, Instant now) {
    if (blocked.filter(before -> before.cause() == cause).isEmpty()) {
      blocked = Optional.of(new PodTrack.Blocked(cause, now));
    }
  }

  boolean isInFlight(Verb verb) {
    return inFlight.filter(it -> it.verb() == verb).isPresent();
  }
}
