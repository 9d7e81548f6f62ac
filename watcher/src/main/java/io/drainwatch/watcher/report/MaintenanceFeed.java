package io.drainwatch.watcher.report;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells listeners what happens, as it happens, and keeps the {@link EpisodeTrace} for whoever comes
 * later, from the first happening on: while nothing happens it costs next to nothing. Called from
 * the folding thread and the scripts' threads; a listener must take what it is given and return at
 * once.
 */
public final class MaintenanceFeed implements Witness {

  /** Takes what happens; never blocks, never throws. */
  public interface Listener {
    void happened(Happening happening);
  }

  static final String NO_EPISODE = "none";

  private final InstantSource clock;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<EpisodeTrace> trace = Optional.empty();

  public MaintenanceFeed(InstantSource clock) {
    this.clock = clock;
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  public void stopListening(Listener listener) {
    listeners.remove(listener);
  }

  /** What was seen and said in the newest maintenance. */
  public EpisodeTrace.Seen seen() {
    return trace.map(EpisodeTrace::seen).orElse(EpisodeTrace.Seen.NOTHING);
  }

  private EpisodeTrace trace() {
    if (trace.isEmpty()) {
      synchronized (this) {
        if (trace.isEmpty()) {
          trace = Optional.of(new EpisodeTrace());
        }
      }
    }
    return trace.orElseThrow();
  }

  private void tell(Happening happening) {
    trace().happened(happening);
    listeners.forEach(listener -> listener.happened(happening));
  }

  @Override
  public void stepped(Step step) {
    if (step.transition().actions().isEmpty()) {
      return;
    }
    String episode =
        step.transition()
            .watch()
            .episode()
            .or(() -> step.before().episode())
            .map(Episode::id)
            .orElse(NO_EPISODE);
    for (Action action : step.transition().actions()) {
      switch (action) {
        case Action.Enter(var state) ->
            tell(new Happening.Transition(step.at(), episode, state.word()));
        case Action.Notify(var reason, String detail) ->
            tell(
                new Happening.Notice(
                    step.at(), episode, reason.label(), reason.text(), detail, reason.isWarning()));
        case Action.Summarize(var summary) ->
            tell(new Happening.Ended(step.at(), EpisodeJson.write(summary)));
        default -> {} // what is asked for is told when it begins, ends or is answered
      }
    }
  }

  @Override
  public void scriptStarted(String episode, Hook hook, String script, int attempt) {
    tell(new Happening.ScriptStarted(clock.instant(), episode, hook.word(), script, attempt));
  }

  @Override
  public void scriptSaid(Hook hook, String script, String line) {
    trace().said(hook, script, line);
  }

  @Override
  public void scriptEnded(ScriptCalled call) {
    tell(
        new Happening.ScriptEnded(
            clock.instant(),
            call.episode(),
            call.hook().word(),
            call.script(),
            call.attempt(),
            ScriptResult.of(call.outcome()).label(),
            call.outcome() instanceof ScriptOutcome.Exited(int code)
                ? OptionalInt.of(code)
                : OptionalInt.empty(),
            why(call.outcome()),
            call.lasted().toMillis() / 1000.0));
  }

  @Override
  public void acknowledged(String eventId, int attempt, AcknowledgeAnswer answer) {
    Optional<String> message =
        switch (answer) {
          case AcknowledgeAnswer.Accepted() -> Optional.empty();
          case AcknowledgeAnswer.Refused refused -> Optional.of(refused.message());
          case AcknowledgeAnswer.Unclear unclear -> Optional.of(unclear.message());
        };
    tell(
        new Happening.Acknowledgement(
            clock.instant(), eventId, attempt, AcknowledgeResult.of(answer).label(), message));
  }

  private static Optional<String> why(ScriptOutcome outcome) {
    return switch (outcome) {
      case ScriptOutcome.NotStarted(String why) -> Optional.of(why);
      case ScriptOutcome.Unacceptable(String why) -> Optional.of(why);
      case ScriptOutcome.Exited ignored -> Optional.empty();
      case ScriptOutcome.StaticDrain ignored -> Optional.empty();
      case ScriptOutcome.DynamicDrain ignored -> Optional.empty();
      case ScriptOutcome.Tolerated ignored -> Optional.empty();
      case ScriptOutcome.Ended ignored -> Optional.empty();
    };
  }
}
