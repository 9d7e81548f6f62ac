package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.EventColumn;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Instant;
import java.util.Optional;

/** The maintenance that scripts are told about. */
public sealed interface Occasion permits MadeUpOccasion, RecordedOccasion, RemovedPeer {

  /** For people, in a few words. */
  String describe();

  /** The event that it is about. */
  ScheduledEvent event();

  /** No document ever called the event Scheduled. */
  boolean firstSeenAsStarted();

  /** The VM that it happens to if that is not this one. */
  default Optional<String> peer() {
    return Optional.empty();
  }

  /** What the event does to the VM, for contracts that have words of their own. */
  default Effects effects(VmFacts facts, ContextSettings settings) {
    return Effects.of(EventColumn.of(event(), firstSeenAsStarted(), facts), facts, settings);
  }

  Optional<Instant> deadline();

  Optional<Instant> notBefore();

  /** How often the script was called for it already. */
  int callsSoFar(Hook hook, String script);

  /** What the context of this call has to answer. */
  ContextQuestion question(Action.RunScript call, Instant startedAt, Instant now);
}
