package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.EventPhase;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.PeerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the drain context of one call of peer-removed is to answer: everything about the peer. */
final class PeerQuestion {
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  private PeerQuestion() {}

  static ContextQuestion about(
      PeerEvent removed,
      String peer,
      Action.RunScript run,
      Optional<OptionalLong> incarnation,
      Instant startedAt,
      Instant now,
      String self) {
    Duration left = Duration.between(now, run.endBy());
    return new ContextQuestion(
        removed.event().id() + "/" + peer,
        new DrainContext.Invocation(
            run.hook(),
            MaintenanceState.MAINTENANCE_STARTED,
            run.attempt(),
            run.checkStatus(),
            run.dryRun(),
            startedAt,
            left.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : left),
        new ContextQuestion.Occasion(
            removed.event(),
            EventPhase.COMPLETED,
            false,
            removed.notBefore(),
            // the peer's drain had one, the scripts here have none
            Optional.empty(),
            incarnation.orElse(OptionalLong.empty())),
        self,
        Optional.empty());
  }
}
