package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.EventPhase;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the drain context of one call is to answer, taken from the episode. */
public final class EpisodeQuestion {
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  private EpisodeQuestion() {}

  public static ContextQuestion about(
      Episode episode,
      Action.RunScript run,
      Optional<OptionalLong> incarnation,
      Instant startedAt,
      Instant now,
      String self) {
    TrackedEvent leading = episode.leading();
    Duration left = Duration.between(now, run.endBy());
    return new ContextQuestion(
        episode.id(),
        new DrainContext.Invocation(
            run.hook(),
            episode.state(),
            run.attempt(),
            run.checkStatus(),
            run.dryRun(),
            startedAt,
            left.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : left),
        new ContextQuestion.Occasion(
            leading.event(),
            phase(episode),
            leading.firstSeenAsStarted(),
            leading.notBefore(),
            episode.deadline(),
            incarnation.orElse(OptionalLong.empty())),
        self,
        Optional.empty());
  }

  private static EventPhase phase(Episode episode) {
    return switch (episode.eventWord()) {
      case SCHEDULED -> EventPhase.SCHEDULED;
      case STARTED -> EventPhase.STARTED;
      case CANCELLED -> EventPhase.CANCELLED;
      case COMPLETED -> EventPhase.COMPLETED;
    };
  }
}
