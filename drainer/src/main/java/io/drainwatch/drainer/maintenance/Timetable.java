package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.Optional;

/**
 * When the core wants to be asked again although nothing new was observed: deadlines, ends of
 * scripts, recalls, retries, far-off events that become due. The shell sets its alarm by this.
 */
public final class Timetable {
  private Timetable() {}

  /** The next moment after {@code now}; empty: only an observation can change anything. */
  public static Optional<Instant> next(Watch watch, LifecycleSettings settings, Instant now) {
    Soonest soonest = new Soonest(now);
    watch.episode().ifPresent(each -> episode(soonest, each, watch.newest(), settings));
    watch
        .peers()
        .removal()
        .ifPresent(each -> scripts(soonest, each.hook(), Optional.empty(), settings));
    return soonest.moment;
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

  private static void episode(
      Soonest soonest, Episode episode, Optional<Document> newest, LifecycleSettings settings) {
    episode.hooks().values().forEach(run -> scripts(soonest, run, episode.deadline(), settings));
    for (TrackedEvent each : episode.events()) {
      if (!each.isGone()) {
        each.acknowledgement().nextTry().ifPresent(soonest::offer);
        if (!each.active()) {
          soonest.offer(DrainTrack.dueAt(each, settings, soonest.now));
        }
      }
    }
    Overtaking.unknown(newest, episode, settings, soonest.now)
        .forEach(unknown -> soonest.offer(DrainTrack.dueAt(unknown, settings, soonest.now)));
    if (episode.drain().isOpen()) {
      episode.deadline().ifPresent(soonest::offer);
    }
    if (!episode.summarized() && episode.hasNoWayBack()) {
      soonest.offer(Stages.summaryDueAt(episode, settings));
    }
  }

  private static void scripts(
      Soonest soonest, HookRun run, Optional<Instant> deadline, LifecycleSettings settings) {
    for (ScriptRun script : run.scripts()) {
      if (!script.isOver()) {
        script.again().ifPresent(soonest::offer);
        HookSequence.begunAt(run, script)
            .map(at -> endBy(run, script, at, deadline, settings))
            .ifPresent(soonest::offer);
      }
    }
  }

  private static Instant endBy(
      HookRun run,
      ScriptRun script,
      Instant begunAt,
      Optional<Instant> deadline,
      LifecycleSettings settings) {
    return HookSequence.endBy(run.hook(), script.contract(), begunAt, deadline, settings.hooks());
  }

  // asked for at each step of every history: no streams within streams
  private static final class Soonest {
    private final Instant now;
    private Optional<Instant> moment = Optional.empty();

    private Soonest(Instant now) {
      this.now = now;
    }

    private void offer(Instant at) {
      if (now.isBefore(at) && moment.map(at::isBefore).orElse(true)) {
        moment = Optional.of(at);
      }
    }
  }
}
