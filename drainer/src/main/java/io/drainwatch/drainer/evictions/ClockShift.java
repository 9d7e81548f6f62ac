package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Moves the moments that are counted by our own clock when it is set (K47). */
final class ClockShift {
  private final Duration by;

  private ClockShift(Duration by) {
    this.by = by;
  }

  static EvictionState of(EvictionState state, Duration by) {
    ClockShift shift = new ClockShift(by);
    Map<String, PodTrack> pods = new LinkedHashMap<>();
    state.pods.forEach((uid, track) -> pods.put(uid, shift.moved(track)));
    Map<GroupKey, Group> groups = new LinkedHashMap<>();
    state.groups.forEach(
        (key, group) ->
            groups.put(
                key,
                new Group(
                    group.run(),
                    shift.moved(group.answeredAt()),
                    shift.moved(group.next()),
                    shift.moved(group.asked()))));
    return new EvictionState(
        state.plan.map(shift::moved),
        state.stopped,
        pods,
        shift.moved(state.asOf),
        groups,
        state.siblings,
        state.windows,
        new Outage(
            state.outage.failures(),
            state.outage.rounds(),
            shift.moved(state.outage.lastAt()),
            shift.moved(state.outage.next())),
        new EvictionState.Looks(state.looks.asked(), shift.moved(state.looks.next())),
        shift.moved(state.tokenReadAt),
        state.withoutEvictionApi,
        state.counts());
  }

  // the deadline stays: whoever told it tells another where it moves
  private Plan moved(Plan plan) {
    return new Plan(
        moved(plan.startedAt()),
        plan.deadline(),
        plan.atDeadline(),
        moved(plan.firstAt()),
        plan.evictionKnown());
  }

  private PodTrack moved(PodTrack track) {
    return new PodTrack(
        track.pod(),
        track.present(),
        moved(track.firstSeen()),
        track.fate(),
        track.tries(),
        moved(track.lastSent()),
        track.lastVerb(),
        track
            .inFlight()
            .map(
                sent ->
                    new PodTrack.InFlight(
                        sent.attempt(),
                        sent.verb(),
                        moved(sent.sentAt()),
                        sent.grace(),
                        sent.onlyAsSeen())),
        track.refusals(),
        track.failures(),
        moved(track.notBefore()),
        moved(track.lookAfter()),
        track.group(),
        track.blocked().map(each -> new PodTrack.Blocked(each.cause(), moved(each.since()))),
        track.shortened(),
        moved(track.end()),
        track.overdue(),
        track.counted(),
        track.why());
  }

  private Optional<Instant> moved(Optional<Instant> moment) {
    return moment.map(this::moved);
  }

  private Instant moved(Instant moment) {
    return moment.equals(Instant.MIN) || moment.equals(Instant.MAX) ? moment : moment.plus(by);
  }
}
