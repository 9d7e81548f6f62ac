package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.ContextQuestion;
import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.EventPhase;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Another VM is gone, says somebody by hand: a made-up event took it and the others that it names.
 *
 * @param vm the one of them that a script is told about
 * @param self where the scripts run
 */
public record RemovedPeer(ScheduledEvent event, String vm, String self) implements Occasion {
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  /** One for each VM, of one event. */
  public static List<RemovedPeer> of(EventKind kind, List<String> vms, String self, Instant now) {
    ScheduledEvent event =
        MadeUpOccasion.event(kind, EventStatus.STARTED, vms, now, Optional.of(now));
    return vms.stream().map(vm -> new RemovedPeer(event, vm, self)).toList();
  }

  /** All that is known of such a VM. */
  public VmFacts facts() {
    return SampleVm.named(vm);
  }

  @Override
  public String describe() {
    return "a made-up " + event.type() + " of " + String.join(", ", event.resources());
  }

  @Override
  public boolean firstSeenAsStarted() {
    return false;
  }

  @Override
  public Optional<String> peer() {
    return Optional.of(vm);
  }

  /** The peer's drain had one, the scripts here have none. */
  @Override
  public Optional<Instant> deadline() {
    return Optional.empty();
  }

  /** It is over: it shortens no grace here. */
  @Override
  public Optional<Instant> notBefore() {
    return Optional.empty();
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
            MaintenanceState.MAINTENANCE_STARTED,
            call.attempt(),
            call.checkStatus(),
            call.dryRun(),
            startedAt,
            left.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : left),
        new ContextQuestion.Occasion(
            event,
            EventPhase.COMPLETED,
            false,
            event.notBefore(),
            Optional.empty(),
            OptionalLong.empty()),
        self,
        Optional.empty());
  }
}
