package io.drainwatch.watcher.report;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScriptRun;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The maintenance that is going on, in the words of lifecycle.md.
 *
 * @param state such as {@code Draining}
 * @param since when that state was entered
 * @param entered when each state was entered first, in the order of the states
 * @param action the most that one of the events asks for: ignore, observe, cordon or drain
 * @param leadingEvent id of the event that scripts are told about
 * @param secondsLeft until the deadline, negative after it; empty: no deadline
 * @param hooks in the order of a maintenance, only those that have begun
 * @param held why the drain does not go on although it could, such as {@code ForeignUncordon}
 */
public record EpisodeStatus(
    String id,
    String state,
    Instant begunAt,
    Instant since,
    Map<String, Instant> entered,
    String action,
    String leadingEvent,
    List<EventStanding> events,
    Optional<Instant> deadline,
    Optional<Long> secondsLeft,
    List<HookStanding> hooks,
    DrainStanding drain,
    Optional<String> held,
    boolean cordonOurs,
    boolean cancelled,
    boolean rebooted) {

  public EpisodeStatus {
    events = List.copyOf(events);
    hooks = List.copyOf(hooks);
  }

  /**
   * One event of the maintenance.
   *
   * @param type as received
   * @param status Scheduled, Started or unknown, as last seen
   * @param deadline this event's own
   * @param rule name of the policy rule in force
   * @param acknowledge what that rule says: after-drain, even-if-failed, immediately or never
   * @param inNewestDocument false: missing from it, or gone
   * @param gone over for good
   * @param drained whether Drained is recorded for this very event
   * @param acknowledged whether the platform accepted it
   * @param acknowledgeTries requests sent or about to be sent
   * @param notAcknowledgedBecause as things stand; empty: it may be, or it is
   */
  public record EventStanding(
      String id,
      String type,
      String status,
      String source,
      List<String> resources,
      String description,
      Instant firstSeen,
      Optional<Instant> notBefore,
      Optional<Instant> deadline,
      String rule,
      String action,
      String acknowledge,
      boolean inNewestDocument,
      boolean gone,
      boolean drained,
      boolean acknowledged,
      int acknowledgeTries,
      Optional<Instant> nextTry,
      Optional<String> notAcknowledgedBecause) {

    static EventStanding of(TrackedEvent tracked, Optional<String> refusal) {
      return new EventStanding(
          tracked.event().id(),
          tracked.event().type(),
          switch (tracked.event().status()) {
            case SCHEDULED -> "Scheduled";
            case STARTED -> "Started";
            case UNKNOWN -> "unknown";
          },
          tracked.event().source().word(),
          tracked.event().resources(),
          tracked.event().description(),
          tracked.firstSeen(),
          tracked.notBefore(),
          tracked.deadline(),
          tracked.rule().name(),
          word(tracked.rule().action()),
          word(tracked.rule().acknowledge()),
          tracked.isInNewestDocument(),
          tracked.isGone(),
          tracked.drained(),
          tracked.acknowledgement().accepted(),
          tracked.acknowledgement().tries(),
          tracked.acknowledgement().nextTry(),
          refusal);
    }
  }

  /**
   * One hook.
   *
   * @param listed false while its scripts are still looked for
   * @param aborted nothing of it starts any more
   * @param finished nothing of it starts or goes on
   */
  public record HookStanding(
      String hook,
      Instant begunAt,
      boolean listed,
      boolean aborted,
      boolean finished,
      List<ScriptStanding> scripts) {

    static HookStanding of(HookRun run) {
      return new HookStanding(
          run.hook().word(),
          run.begunAt(),
          run.listed(),
          run.aborted(),
          run.isFinished(),
          run.scripts().stream().map(ScriptStanding::of).toList());
    }
  }

  /**
   * One script.
   *
   * @param phase pending, begun, waiting, succeeded or failed
   * @param attempts calls so far
   * @param again when a waiting script is called next
   * @param ending why it is being ended, once it is
   * @param reason why it failed
   */
  public record ScriptStanding(
      String name,
      String phase,
      int attempts,
      Optional<Instant> begunAt,
      Optional<Instant> again,
      Optional<String> ending,
      Optional<String> reason) {

    static ScriptStanding of(ScriptRun run) {
      return new ScriptStanding(
          run.name(),
          word(run.phase()),
          run.attempts(),
          run.begunAt(),
          run.again(),
          run.ending(),
          run.reason());
    }
  }

  /**
   * What became of the drain.
   *
   * @param outcome open, complete, failed, deadline-reached, started-first or stopped
   * @param left scripts and pods that did not get to their end
   */
  public record DrainStanding(String outcome, String reason, List<String> left) {}

  /** The same without what is left of a time. */
  EpisodeStatus atRest() {
    return new EpisodeStatus(
        id,
        state,
        begunAt,
        since,
        entered,
        action,
        leadingEvent,
        events,
        deadline,
        Optional.empty(),
        hooks,
        drain,
        held,
        cordonOurs,
        cancelled,
        rebooted);
  }

  static EpisodeStatus of(Episode episode, MaintenanceStatus.Refusals refusals, Instant now) {
    return new EpisodeStatus(
        episode.id(),
        episode.state().word(),
        episode.begunAt(),
        Optional.ofNullable(episode.entered().get(episode.state())).orElse(episode.begunAt()),
        entered(episode),
        word(episode.action()),
        episode.leading().event().id(),
        episode.events().stream()
            .map(tracked -> EventStanding.of(tracked, refusals.of(episode, tracked)))
            .toList(),
        episode.deadline(),
        episode.deadline().map(at -> Duration.between(now, at).toSeconds()),
        episode.hooks().values().stream()
            .sorted(Comparator.comparing(HookRun::hook))
            .map(HookStanding::of)
            .toList(),
        new DrainStanding(
            word(episode.drain().outcome()), episode.drain().reason(), episode.drain().left()),
        episode
            .held()
            .map(
                held ->
                    switch (held) {
                      case FOREIGN_UNCORDON -> "ForeignUncordon";
                      case NODE_GONE -> "NodeGone";
                    }),
        episode.cordonOurs(),
        episode.cancelled(),
        episode.rebooted());
  }

  private static Map<String, Instant> entered(Episode episode) {
    Map<String, Instant> entered = new LinkedHashMap<>();
    for (MaintenanceState state : MaintenanceState.values()) {
      Instant at = episode.entered().get(state);
      if (at != null) {
        entered.put(state.word(), at);
      }
    }
    return entered;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
