package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import java.time.Instant;
import java.util.Optional;

/** The maintenance that scripts are told about. */
public sealed interface Occasion permits MadeUpOccasion, RecordedOccasion {

  /** For people, in a few words. */
  String describe();

  Optional<Instant> deadline();

  Optional<Instant> notBefore();

  /** How often the script was called for it already. */
  int callsSoFar(Hook hook, String script);

  /** What the context of this call has to answer. */
  ContextQuestion question(Action.RunScript call, Instant startedAt, Instant now);
}
