package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.ScriptRun;
import io.drainwatch.watcher.daemon.EpisodeQuestion;
import java.time.Instant;
import java.util.Optional;

/** The maintenance that the daemon is at, by its record. */
public record RecordedOccasion(Episode episode) implements Occasion {

  @Override
  public String describe() {
    return "the maintenance under way ("
        + episode.id()
        + ", "
        + episode.state().word()
        + "), which the daemon runs hooks for itself";
  }

  @Override
  public ScheduledEvent event() {
    return episode.leading().event();
  }

  @Override
  public boolean firstSeenAsStarted() {
    return episode.leading().firstSeenAsStarted();
  }

  @Override
  public Optional<Instant> deadline() {
    return episode.deadline();
  }

  @Override
  public Optional<Instant> notBefore() {
    return episode.leading().notBefore();
  }

  @Override
  public int callsSoFar(Hook hook, String script) {
    return Optional.ofNullable(episode.hooks().get(hook)).map(HookRun::scripts).stream()
        .flatMap(scripts -> scripts.stream())
        .filter(run -> run.name().equals(script))
        .mapToInt(ScriptRun::attempts)
        .sum();
  }

  @Override
  public ContextQuestion question(Action.RunScript call, Instant startedAt, Instant now) {
    return EpisodeQuestion.about(
        episode, call, Optional.empty(), startedAt, now, episode.machine().vmName());
  }
}
