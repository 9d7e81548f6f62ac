package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sees what happens and reports it: log, metrics, stream, the rehearsal's timeline. Must return
 * quickly and never throw; it can change nothing.
 */
public interface Witness {

  /**
   * One step of the core.
   *
   * @param notWritten why the record of this step is not on disk
   */
  record Step(
      Watch before,
      Observation observation,
      Transition transition,
      Instant at,
      Optional<String> notWritten,
      List<Invariants.Violation> violations) {}

  /** One call of one script, from start to end. */
  record ScriptCalled(
      String episode,
      Hook hook,
      String script,
      int attempt,
      ScriptOutcome outcome,
      Duration lasted) {}

  default void stepped(Step step) {}

  default void polled(Poll poll) {}

  /** The metadata service was asked who this VM is. */
  default void identityAsked(Identity answer) {}

  default void scriptStarted(String episode, Hook hook, String script, int attempt) {}

  /** One line of a script's output, cleaned and bounded. */
  default void scriptSaid(Hook hook, String script, String line) {}

  default void scriptEnded(ScriptCalled call) {}

  default void acknowledged(String eventId, int attempt, AcknowledgeAnswer answer) {}
}
