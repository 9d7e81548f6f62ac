package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.daemon.Witness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens in the course of a maintenance, told from each step's before and after. Belongs to
 * the folding thread.
 */
final class EpisodeMeters {
  private final MeterRegistry registry;
  private final HookMeters hooks;
  private final SeenEvents seen;
  private final Counter violations;
  private final DrainTimers drains;
  private final Map<Reason, Counter> warnings = new EnumMap<>(Reason.class);
  private final Map<EventKind, Counter> missedDeadlines = new EnumMap<>(EventKind.class);

  private volatile Optional<NodeMeters> ofTheNode = Optional.empty();
  private volatile Optional<AckMeters> onANode = Optional.empty();

  EpisodeMeters(MeterRegistry registry, HookMeters hooks) {
    this.registry = registry;
    this.hooks = hooks;
    seen = new SeenEvents(registry);
    drains = new DrainTimers("drainwatch.drain", registry);
    violations =
        Counter.builder("drainwatch.invariant.violations")
            .description("Broken invariants of lifecycle.md; anything but 0 is a bug")
            .register(registry);
    for (Reason reason : Reason.values()) {
      if (reason.isWarning()) {
        warnings.put(
            reason,
            Counter.builder("drainwatch.notices")
                .description("Warnings, by why")
                .tag("reason", reason.label())
                .register(registry));
      }
    }
    for (EventKind kind : EventKind.values()) {
      missedDeadlines.put(
          kind,
          Counter.builder("drainwatch.missed.deadlines")
              .description("Drains that were not over at their deadline, by the leading event")
              .tag("type", TypeLabel.of(kind))
              .register(registry));
    }
  }

  void ofTheNode(NodeMeters meters) {
    ofTheNode = Optional.of(meters);
  }

  void onANode(AckMeters meters) {
    onANode = Optional.of(meters);
  }

  void stepped(Witness.Step step) {
    Watch before = step.before();
    Watch after = step.transition().watch();
    seen.stepped(after);
    violations.increment(step.violations().size());
    for (Action action : step.transition().actions()) {
      switch (action) {
        case Action.Notify(Reason reason, String ignored) ->
            Optional.ofNullable(warnings.get(reason)).ifPresent(Counter::increment);
        case Action.Summarize(Summary summary) -> endedWithEpisode(before, after, summary);
        default -> {} // only what an operator is told counts here
      }
    }
    switch (step.observation()) {
      case Observation.HookListed(var hook, List<List<PlannedScript>> rows) ->
          rows.stream()
              .flatMap(List::stream)
              .filter(script -> script.refusal().isPresent())
              .forEach(script -> hooks.refused(hook));
      case Observation.AcknowledgeAnswered(
              String id,
              Observation.AcknowledgeAnswered.Answer answer,
              var ignored)
          when answer == Observation.AcknowledgeAnswered.Answer.ACCEPTED ->
          before.episode().ifPresent(episode -> accepted(episode, id, step.at()));
      default -> {} // the rest shows in the episode
    }
    after.episode().ifPresent(episode -> compare(before.episode(), episode, step.at()));
  }

  private void compare(Optional<Episode> before, Episode after, Instant at) {
    after.events().stream()
        .filter(tracked -> tracked.event().source() != EventSource.OPERATOR)
        .filter(tracked -> before.flatMap(was -> find(was, tracked.event().key())).isEmpty())
        .forEach(this::noticeGiven);
    before
        .filter(was -> was.id().equals(after.id()) && was.drain().isOpen())
        .filter(was -> !after.drain().isOpen())
        .ifPresent(was -> drainEnded(after, after.drain().outcome(), at));
  }

  /** An episode that was let go within the step, so that only its summary tells how it ended. */
  private void endedWithEpisode(Watch before, Watch after, Summary summary) {
    boolean goesOn = after.episode().map(is -> is.id().equals(summary.episode())).orElse(false);
    before
        .episode()
        .filter(was -> !goesOn && was.id().equals(summary.episode()) && was.drain().isOpen())
        .filter(was -> summary.drain() != DrainResult.Outcome.OPEN)
        .ifPresent(was -> drainEnded(was, summary.drain(), summary.endedAt()));
  }

  private void drainEnded(Episode episode, DrainResult.Outcome outcome, Instant at) {
    if (outcome == DrainResult.Outcome.DEADLINE_REACHED) {
      Optional.ofNullable(missedDeadlines.get(episode.leading().event().kind()))
          .ifPresent(Counter::increment);
    }
    Optional<Instant> begun = Optional.ofNullable(episode.entered().get(MaintenanceState.CORDONED));
    if (episode.action() == PolicyAction.DRAIN && begun.isPresent()) {
      drains.ended(outcome, between(begun.get(), at));
      ofTheNode.ifPresent(meters -> meters.drainEnded(outcome, between(begun.get(), at)));
    }
  }

  private void noticeGiven(TrackedEvent tracked) {
    Optional<Duration> notice =
        tracked.firstSeenAsStarted()
            ? Optional.of(Duration.ZERO)
            : tracked.notBefore().map(at -> between(tracked.firstSeen(), at));
    notice.ifPresent(
        given ->
            Timer.builder("drainwatch.notice")
                .description("Notice really given: from an event's first sight to its NotBefore")
                .tag("type", TypeLabel.of(tracked.event().kind()))
                .register(registry)
                .record(given));
  }

  private void accepted(Episode before, String id, Instant at) {
    before.events().stream()
        .filter(tracked -> tracked.event().id().equalsIgnoreCase(id))
        .filter(tracked -> !tracked.acknowledgement().accepted())
        .findFirst()
        .ifPresent(
            tracked -> {
              lag("seen", between(tracked.firstSeen(), at));
              Optional.ofNullable(before.entered().get(MaintenanceState.DRAINED))
                  .filter(drained -> tracked.drained())
                  .map(drained -> between(drained, at))
                  .ifPresent(
                      lag -> {
                        lag("drained", lag);
                        onANode.ifPresent(meters -> meters.accepted(lag));
                      });
            });
  }

  private void lag(String since, Duration lag) {
    Timer.builder("drainwatch.acknowledge.lag")
        .description("Until the platform accepted the acknowledgement")
        .tag("since", since)
        .register(registry)
        .record(lag);
  }

  private static Optional<TrackedEvent> find(Episode episode, String key) {
    return episode.events().stream()
        .filter(tracked -> tracked.event().key().equals(key))
        .findFirst();
  }

  // the wall clock may be stepped back in between
  private static Duration between(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
