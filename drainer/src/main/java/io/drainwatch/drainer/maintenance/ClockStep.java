package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's clock was set: by an operator, by time synchronisation, after a Freeze by the
 * length of the pause. Moments are kept as the wall clock has them, since the record outlives every
 * other clock. So what is relative is moved by as much as the clock, and what is absolute stays:
 *
 * <table>
 * <caption>Each moment that the core keeps</caption>
 * <tr><th>moment</th><th>a step</th><th>because</th></tr>
 * <tr><td>NotBefore, of ours and of peers; its deadline</td><td>stays</td>
 *     <td>the platform acts by the true time, whatever our clock shows</td></tr>
 * <tr><td>deadline of an event without NotBefore</td><td>moves</td>
 *     <td>first seen plus the minimum notice</td></tr>
 * <tr><td>deadline (and NotBefore) of a drain by hand</td><td>moves</td>
 *     <td>"within five minutes" of the order</td></tr>
 * <tr><td>recorded deadline</td><td>as the event it follows from</td>
 *     <td>stays where that is not known any more (I8); never later than one that stands</td></tr>
 * <tr><td>first seen</td><td>moves</td>
 *     <td>an event is not due before it was seen; the notice is counted from here</td></tr>
 * <tr><td>windows, start-before</td><td>stay</td><td>calendar and NotBefore</td></tr>
 * <tr><td>a script's first call, its next one</td><td>moves</td>
 *     <td>time-out, recall, retry and the wait of a BOSH drain count from a call</td></tr>
 * <tr><td>next try of an acknowledgement</td><td>moves</td><td>counts from the answer</td></tr>
 * <tr><td>run of empty answers</td><td>moves</td><td>two minutes of answers, not of clock</td></tr>
 * <tr><td>newest document read at</td><td>moves</td><td>it is as old as it is</td></tr>
 * <tr><td>begun, states entered, hooks begun</td><td>moves</td>
 *     <td>the durations of the summary are of time that passed</td></tr>
 * <tr><td>a peer's event missing since</td><td>stays</td>
 *     <td>compared with NotBefore, by the clock of then: see {@link PeerEvent#shifted}</td></tr>
 * <tr><td>a peer's turn</td><td>moves</td><td>the order they were gone in</td></tr>
 * </table>
 *
 * <p>A step while the daemon was down cannot be told from a long or a short absence. Set forward,
 * it is a long one: delays are over at the start, which costs a call or a request a little too
 * early, and a script before Drained that has a time-out of its own may be out of time (all others
 * have theirs anew with each start). Set back, the record betrays it where it knows of moments to
 * come that were past when they were written: all that is relative is moved back by as much as the
 * latest of them is ahead, and no wait is an hour longer than it was meant to be.
 */
final class ClockStep {
  private ClockStep() {}

  static void seen(Fold fold, Duration by) {
    fold.empties(
        fold.empties().map(run -> new Watch.EmptyRun(run.since().plus(by), run.last().plus(by))));
    fold.newest()
        .map(
            newest -> new Document(newest.incarnation(), newest.events(), newest.readAt().plus(by)))
        .ifPresent(fold::newest);
    // before it is known whose record it is nothing of it is under way, and it is not touched (I4)
    if (fold.machine().isPresent()) {
      shift(fold, by);
    }
  }

  /** Right after a start, once it is known that the record is this machine's. */
  static void whileDown(Fold fold) {
    latestPast(fold)
        .filter(fold.now::isBefore)
        .ifPresent(ahead -> shift(fold, Duration.between(ahead, fold.now)));
  }

  private static void shift(Fold fold, Duration by) {
    fold.peers(fold.peers().shifted(by));
    fold.draft()
        .map(Draft::episode)
        .ifPresent(
            episode -> {
              fold.replace(episode.shifted(by));
              fold.ifEpisode(draft -> draft.record(deadline(episode, draft, by)));
            });
  }

  private static Optional<Instant> deadline(Episode before, Draft draft, Duration by) {
    Optional<Instant> recorded =
        before.deadline().map(at -> isReckonedFromNow(before, at) ? at.plus(by) : at);
    Optional<Instant> earliest = Deadlines.earliest(draft.driving());
    return recorded.map(at -> earliest.filter(at::isAfter).orElse(at));
  }

  private static boolean isReckonedFromNow(Episode episode, Instant deadline) {
    return from(episode, deadline).findAny().isPresent()
        && from(episode, deadline).allMatch(TrackedEvent::isReckonedFromNow);
  }

  private static Stream<TrackedEvent> from(Episode episode, Instant deadline) {
    return episode.events().stream().filter(each -> each.deadline().equals(Optional.of(deadline)));
  }

  /** Of all moments that were past when they were written. */
  private static Optional<Instant> latestPast(Fold fold) {
    return Stream.concat(
            fold.draft().map(Draft::episode).stream().flatMap(ClockStep::past),
            Stream.concat(
                fold.peers().removal().stream().flatMap(each -> past(each.hook())),
                fold.peers().events().stream().flatMap(each -> each.dueSince().stream())))
        .max(Instant::compareTo);
  }

  private static Stream<Instant> past(Episode episode) {
    return Stream.of(
            Stream.of(episode.begunAt()),
            episode.entered().values().stream(),
            episode.events().stream().map(TrackedEvent::firstSeen),
            episode.hooks().values().stream().flatMap(ClockStep::past))
        .flatMap(each -> each);
  }

  private static Stream<Instant> past(HookRun run) {
    return Stream.concat(
        Stream.of(run.begunAt()),
        run.scripts().stream()
            .flatMap(script -> script.begunAt().or(() -> HookSequence.failedAt(script)).stream()));
  }
}
