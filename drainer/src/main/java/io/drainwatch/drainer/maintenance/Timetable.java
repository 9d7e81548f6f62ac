package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the core wants to be asked again although nothing new was observed: deadlines, ends of
 * scripts, recalls, retries, far-off events that become due. The shell sets its alarm by this.
 */
public final class Timetable {
  private Timetable() {}

  /** The next moment after {@code now}; empty: only an observation can change anything. */
  public static Optional<Instant> next(Watch watch, LifecycleSettings settings, Instant now) {
    if (watch.episode().isEmpty() && watch.peers().removal().isEmpty()) {
      return Optional.empty();
    }
    Stream<Instant> episode =
        watch.episode().stream()
            .flatMap(
                each ->
                    Stream.concat(
                        moments(each, settings, now),
                        Overtaking.unknown(watch.newest(), each, settings, now)
                            .map(unknown -> DrainTrack.dueAt(unknown, settings, now))));
    Stream<Instant> removal =
        watch.peers().removal().stream()
            .flatMap(each -> moments(each.hook(), Optional.empty(), settings));
    return Stream.concat(episode, removal).filter(now::isBefore).min(Instant::compareTo);
  }

  /**
   * When the drain may begin of which none of the events is near enough yet, as far as can be told
   * now; empty: it may already, or there is none to come.
   */
  public static Optional<Instant> drainDueAt(
      Episode episode, LifecycleSettings settings, Instant now) {
    return episode.events().stream()
        .filter(each -> each.takesOutOfService() && !each.isGone())
        .map(each -> each.active() ? Instant.MIN : DrainTrack.dueAt(each, settings, now))
        .min(Instant::compareTo)
        .filter(now::isBefore);
  }

  private static Stream<Instant> moments(Episode episode, LifecycleSettings settings, Instant now) {
    Stream<Instant> scripts =
        episode.hooks().values().stream()
            .flatMap(run -> moments(run, episode.deadline(), settings));
    Stream<Instant> events =
        episode.events().stream()
            .filter(each -> !each.isGone())
            .flatMap(
                each ->
                    Stream.concat(
                        each.acknowledgement().nextTry().stream(),
                        each.active()
                            ? Stream.empty()
                            : Stream.of(DrainTrack.dueAt(each, settings, now))));
    Stream<Instant> deadline =
        episode.drain().isOpen() ? episode.deadline().stream() : Stream.empty();
    Stream<Instant> summary =
        episode.summarized() || !episode.hasNoWayBack()
            ? Stream.empty()
            : Stream.of(Stages.summaryDueAt(episode, settings));
    return Stream.of(scripts, events, deadline, summary).flatMap(each -> each);
  }

  private static Stream<Instant> moments(
      HookRun run, Optional<Instant> deadline, LifecycleSettings settings) {
    return run.scripts().stream()
        .filter(script -> !script.isOver())
        .flatMap(
            script ->
                Stream.concat(
                    script.again().stream(),
                    HookSequence.begunAt(run, script).stream()
                        .map(
                            at ->
                                HookSequence.endBy(
                                    run.hook(),
                                    script.contract(),
                                    at,
                                    deadline,
                                    settings.hooks()))));
  }
}
