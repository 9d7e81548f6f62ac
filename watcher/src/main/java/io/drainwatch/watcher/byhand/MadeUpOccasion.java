package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.EventPhase;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event that nobody scheduled, announced a moment ago with the least notice of its type. Its id
 * is new each time, or scripts that recognise repeats would do nothing.
 */
public record MadeUpOccasion(ScheduledEvent event, Optional<Instant> deadline, String vm)
    implements Occasion {
  private static final int LARGEST_PART_OF_NOTICE = 5;
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  /**
   * @param policy whose margin sets the deadline
   */
  public static MadeUpOccasion of(EventKind kind, String vm, Policy policy, Instant now) {
    Optional<Duration> notice = kind.minimumNotice();
    ScheduledEvent event =
        event(kind, EventStatus.SCHEDULED, List.of(vm), now, notice.map(now::plus));
    Duration margin = policy.ruleFor(event).margin();
    Optional<Instant> deadline =
        notice.map(
            length ->
                now.plus(length).minus(shorter(margin, length.dividedBy(LARGEST_PART_OF_NOTICE))));
    return new MadeUpOccasion(event, deadline, vm);
  }

  static ScheduledEvent event(
      EventKind kind,
      EventStatus status,
      List<String> vms,
      Instant now,
      Optional<Instant> notBefore) {
    return new ScheduledEvent(
        "by-hand-" + now.toEpochMilli(),
        false,
        kind.word(),
        status,
        EventSource.PLATFORM,
        "VirtualMachine",
        vms,
        notBefore,
        Optional.empty(),
        "Made up by hand.",
        Optional.empty());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public String describe() {
    return "a made-up " + event.type();
  }

  @Override
  public boolean firstSeenAsStarted() {
    return false;
  }

  @Override
  public Optional<Instant> notBefore() {
    return event.notBefore();
  }

  @Override
  public int callsSoFar(Hook hook, String script) {
    return 0;
  }

  @Override
  public ContextQuestion question(Action.RunScript call, Instant startedAt, Instant now) {
    Duration left = Duration.between(now, call.endBy());
    return new ContextQuestion(
        event.id() + "/" + vm,
        new DrainContext.Invocation(
            call.hook(),
            stage(call.hook()),
            call.attempt(),
            call.checkStatus(),
            call.dryRun(),
            startedAt,
            left.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : left),
        new ContextQuestion.Occasion(
            event, phase(call.hook()), false, event.notBefore(), deadline, OptionalLong.empty()),
        // for the hooks of peers the context speaks of another VM than the one the script runs on
        call.hook().isOfPeers() ? vm + "-peer" : vm,
        Optional.empty());
  }

  private static MaintenanceState stage(Hook hook) {
    return switch (hook) {
      case SCHEDULED -> MaintenanceState.MAINTENANCE_SCHEDULED;
      case CORDON -> MaintenanceState.CORDONED;
      case PRE_STOP, DRAIN, POST_STOP, CANCELLED -> MaintenanceState.DRAINING;
      case STARTED, PEER_REMOVED, PEER_ADDED -> MaintenanceState.MAINTENANCE_STARTED;
      case PRE_START, RUNNING, POST_START -> MaintenanceState.RUNNING;
      case UNCORDON -> MaintenanceState.UNCORDONED;
    };
  }

  private static EventPhase phase(Hook hook) {
    return switch (hook) {
      case SCHEDULED, CORDON, PRE_STOP, DRAIN, POST_STOP -> EventPhase.SCHEDULED;
      case STARTED -> EventPhase.STARTED;
      case PRE_START, RUNNING, POST_START, UNCORDON, PEER_REMOVED, PEER_ADDED ->
          EventPhase.COMPLETED;
      case CANCELLED -> EventPhase.CANCELLED;
    };
  }
}
