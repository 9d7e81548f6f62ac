package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.Acknowledgement;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.Rule;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.Milestones;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The episode that a record on a Node tells of, for a process without another memory of it
 * (kubernetes-drain.md 2, rules 4 and 5). What the record does not say is read so that nothing is
 * lost and nothing undone that is not ours: hooks of states that were passed are over, those of the
 * present state run again; the recorded deadline counts.
 */
public final class EpisodeOfRecord {
  private EpisodeOfRecord() {}

  /**
   * @param rebooted since the record was begun
   * @param mayHaveLeft of an event's id, beside what the record's phase says: whether a request to
   *     approve it may have left
   */
  public static Episode of(
      NodeRecord record,
      Machine machine,
      boolean rebooted,
      Predicate<String> mayHaveLeft,
      Policy policy,
      Instant now) {
    Progress progress = record.progress();
    MaintenanceState state = progress.state();
    Map<MaintenanceState, Instant> entered = new EnumMap<>(MaintenanceState.class);
    Milestones was = progress.milestones();
    entered.putAll(was.entered());
    entered.put(state, progress.since());
    progress.startedAt().ifPresent(at -> entered.put(MaintenanceState.DRAINING, at));
    boolean cordoned = record.prior().isPresent() || progress.held() == HeldBy.FOREIGN_UNCORDON;
    boolean drained = !record.drain().drained().isEmpty();
    Episode episode =
        new Episode(
            record.events().getFirst().id() + "/" + machine.vmName(),
            new Machine(
                machine.vmName(),
                machine.vmId().or(() -> record.machine().vmId()),
                machine.bootId(),
                machine.deletedWhenEvicted()),
            progress.since(),
            was.stamp().orElse(progress.since()),
            state,
            entered,
            IntStream.range(0, record.events().size())
                .mapToObj(place -> tracked(place, record, mayHaveLeft, policy, now))
                .toList(),
            progress.deadline(),
            hooksPassed(state, progress),
            cordoned ? Episode.Step.DONE : Episode.Step.NOT_BEGUN,
            record.did().cordon(),
            false,
            false,
            drained || state.compareTo(MaintenanceState.DRAINED) >= 0
                ? Episode.Step.DONE
                : Episode.Step.NOT_BEGUN,
            Episode.Step.NOT_BEGUN,
            drain(record, drained),
            // before, the core finds out anew, and calls the hook of it again
            was.cancelled() && !state.isBefore(MaintenanceState.RUNNING),
            rebooted,
            progress.held() == HeldBy.FOREIGN_UNCORDON
                ? Optional.of(Episode.Held.FOREIGN_UNCORDON)
                : Optional.empty(),
            false);
    boolean isEnded = progress.fate().filter(MachineFate::isTheEnd).isPresent();
    return isEnded || saidTheEnd(episode) ? episode.withSummary() : episode;
  }

  // Where nothing comes back the summary is said with the start, so before the record shows it; a
  // second one by each process that finds the record would be one too many (I9).
  private static boolean saidTheEnd(Episode episode) {
    return !episode.state().isBefore(MaintenanceState.MAINTENANCE_STARTED)
        && episode.hasNoWayBack();
  }

  private static DrainResult drain(NodeRecord record, boolean drained) {
    List<String> left =
        record.drain().left().stream().map(each -> each.pod() + ": " + each.why()).toList();
    if (record.progress().phase() == Phase.DEADLINE_REACHED) {
      return new DrainResult(
          DrainResult.Outcome.DEADLINE_REACHED, "the deadline was reached", left);
    }
    if (drained) {
      return new DrainResult(DrainResult.Outcome.COMPLETE, "", List.of());
    }
    boolean over = record.progress().state().compareTo(MaintenanceState.MAINTENANCE_STARTED) >= 0;
    return over
        ? ended(record.progress().milestones().drain(), left)
        : new DrainResult(DrainResult.Outcome.OPEN, "", List.of());
  }

  // it does not go on here; where the record does not tell how it ended, nobody is told that it
  // failed
  private static DrainResult ended(Optional<DrainResult.Outcome> recorded, List<String> left) {
    return switch (recorded.orElse(DrainResult.Outcome.OPEN)) {
      case STARTED_FIRST ->
          new DrainResult(DrainResult.Outcome.STARTED_FIRST, "the event started first", left);
      case DEADLINE_REACHED ->
          new DrainResult(DrainResult.Outcome.DEADLINE_REACHED, "the deadline was reached", left);
      case FAILED -> new DrainResult(DrainResult.Outcome.FAILED, "", left);
      case STOPPED -> new DrainResult(DrainResult.Outcome.STOPPED, "", left);
      case OPEN, COMPLETE ->
          new DrainResult(DrainResult.Outcome.STOPPED, "the record does not tell its end", left);
    };
  }

  private static TrackedEvent tracked(
      int place, NodeRecord record, Predicate<String> mayHaveLeft, Policy policy, Instant now) {
    NodeEvent event = record.events().get(place);
    ScheduledEvent scheduled =
        new ScheduledEvent(
            event.id(),
            event.source().isOfTheService() && !event.id().startsWith(ScheduledEvent.MADE_UP),
            event.type(),
            event.status(),
            event.source(),
            "VirtualMachine",
            event.resources(),
            event.notBefore(),
            event.duration(),
            "",
            Optional.empty());
    Rule rule = policy.ruleFor(scheduled);
    boolean mayHaveCounted =
        event.source().isOfTheService()
            && ((record.progress().phase() == Phase.ACKNOWLEDGED
                    && record.drain().isDrainedFor(event.id()))
                || mayHaveLeft.test(event.id()));
    Duration margin = margin(event, record, rule);
    return new TrackedEvent(
        scheduled,
        rule,
        firstSeen(place, scheduled, record, margin, now),
        event.status() == EventStatus.STARTED,
        event.notBefore(),
        margin,
        event.notBefore().map(at -> at.minus(margin)).or(() -> record.progress().deadline()),
        isOver(event, record) ? TrackedEvent.GONE_AFTER : 0,
        record.progress().state() != MaintenanceState.MAINTENANCE_SCHEDULED,
        record.drain().isDrainedFor(event.id()),
        // whether the request had left is not known: the same id is sent again
        new Acknowledgement(mayHaveCounted ? 1 : 0, false, false, Optional.empty()),
        0); // by the id of the episode, if it is named after this one
  }

  // Who is on the way back has seen what started end; one that waits for its time may stand.
  private static boolean isOver(NodeEvent event, NodeRecord record) {
    return event.status() == EventStatus.STARTED
        && !record.progress().state().isBefore(MaintenanceState.RUNNING);
  }

  // The margin was cut to a fifth of the notice as first seen: what is left of it is in the
  // recorded deadline, which must not move by being read (I8).
  private static Duration margin(NodeEvent event, NodeRecord record, Rule rule) {
    return event
        .notBefore()
        .flatMap(at -> record.progress().deadline().map(end -> Duration.between(end, at)))
        .filter(left -> !left.isNegative() && left.compareTo(rule.margin()) < 0)
        .orElse(rule.margin());
  }

  // Likewise the deadline of an event without a NotBefore is reckoned from when it was first seen.
  private static Instant firstSeen(
      int place, ScheduledEvent scheduled, NodeRecord record, Duration margin, Instant now) {
    Progress progress = record.progress();
    List<Instant> known = progress.milestones().firstSeen();
    Instant first =
        place < known.size()
            ? known.get(place)
            : Optional.ofNullable(
                    progress.milestones().entered().get(MaintenanceState.MAINTENANCE_SCHEDULED))
                .orElse(progress.since());
    Instant since = first.isBefore(now) ? first : now;
    return record.events().get(place).notBefore().isPresent()
        ? since
        : scheduled
            .kind()
            .minimumNotice()
            .flatMap(
                notice -> record.progress().deadline().map(end -> end.plus(margin).minus(notice)))
            .orElse(since);
  }

  private static Map<Hook, HookRun> hooksPassed(MaintenanceState state, Progress progress) {
    List<Hook> passed = new ArrayList<>(List.of(Hook.SCHEDULED));
    if (!state.isBefore(MaintenanceState.DRAINING)) {
      passed.add(Hook.CORDON);
    }
    // an event that started before the drain began stopped nothing that is to be started again
    if (!state.isBefore(MaintenanceState.DRAINED) && progress.startedAt().isPresent()) {
      passed.addAll(List.of(Hook.PRE_STOP, Hook.DRAIN, Hook.POST_STOP));
    }
    if (!state.isBefore(MaintenanceState.RUNNING)) {
      passed.add(Hook.STARTED);
    }
    if (state == MaintenanceState.UNCORDONED) {
      passed.addAll(List.of(Hook.PRE_START, Hook.RUNNING, Hook.POST_START));
    }
    Map<Hook, HookRun> hooks = new EnumMap<>(Hook.class);
    passed.forEach(
        hook -> hooks.put(hook, new HookRun(hook, true, false, progress.since(), List.of())));
    return hooks;
  }
}
