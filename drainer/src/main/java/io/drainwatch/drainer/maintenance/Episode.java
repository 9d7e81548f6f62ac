package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One VM's maintenance, from the first event that names it until it is back in service (or gone).
 * This is the record: what stands in the journal, and all that a restart goes on from.
 *
 * @param id {@code <id of the event that began it>/<VM name>}, the same for every hook, call, retry
 *     and restart
 * @param machine identity the record is for (I4); its boot id is that of the last start
 * @param stamp the beginning as the clock read then; it never changes, so that what is named after
 *     it keeps its name however the clock is set, in each process that goes on
 * @param entered when each state was entered first
 * @param events every event that belongs to it, those that are over too
 * @param deadline recorded; moves later only by a document that moves every event (I8)
 * @param cordonOurs whether it was us who stopped new work; nothing else is undone (I3)
 * @param owesUncordon an episode that this one took over from had begun the cordon: the uncordon is
 *     this one's to do, whether or not it gets to a cordon of its own
 * @param owesStart likewise for pre-stop: pre-start and post-start are still owed
 * @param rebooted the boot id changed since the episode began
 * @param held why the drain does not go on although it could
 * @param summarized whether the one summary was given
 */
public record Episode(
    String id,
    Machine machine,
    Instant begunAt,
    Instant stamp,
    MaintenanceState state,
    Map<MaintenanceState, Instant> entered,
    List<TrackedEvent> events,
    Optional<Instant> deadline,
    Map<Hook, HookRun> hooks,
    Step cordon,
    boolean cordonOurs,
    boolean owesUncordon,
    boolean owesStart,
    Step evictions,
    Step uncordon,
    DrainResult drain,
    boolean cancelled,
    boolean rebooted,
    Optional<Held> held,
    boolean summarized) {

  public Episode {
    entered = Map.copyOf(entered);
    events = List.copyOf(events);
    hooks = Map.copyOf(hooks);
    if (id.isBlank() || events.isEmpty()) {
      throw new IllegalArgumentException("an episode has an id and begins with an event");
    }
    hooks.forEach(
        (hook, run) -> {
          if (run.hook() != hook) {
            throw new IllegalArgumentException("hook " + run.hook() + " stands under " + hook);
          }
        });
  }

  /** By the clock as it is since it was set; the recorded deadline is {@link ClockStep}'s. */
  Episode shifted(Duration by) {
    Map<MaintenanceState, Instant> times = new EnumMap<>(MaintenanceState.class);
    entered.forEach((each, at) -> times.put(each, at.plus(by)));
    Map<Hook, HookRun> runs = new EnumMap<>(Hook.class);
    hooks.forEach((hook, run) -> runs.put(hook, run.shifted(by)));
    return new Episode(
        id,
        machine,
        begunAt.plus(by),
        stamp,
        state,
        times,
        events.stream().map(each -> each.shifted(by)).toList(),
        deadline,
        runs,
        cordon,
        cordonOurs,
        owesUncordon,
        owesStart,
        evictions,
        uncordon,
        drain,
        cancelled,
        rebooted,
        held,
        summarized);
  }

  /** How far something is that takes a while. */
  public enum Step {
    NOT_BEGUN,
    BEGUN,
    DONE
  }

  /** Why a drain that could go on does not. */
  public enum Held {
    FOREIGN_UNCORDON,
    /** There is no Node any more: the episode has ended, and is kept until its events are over. */
    NODE_GONE
  }

  /** What happened to the leading event, in the words of the drain context. */
  public enum EventWord {
    SCHEDULED,
    STARTED,
    CANCELLED,
    COMPLETED
  }

  /**
   * Events that say what is done: those that take the machine out of service; when there is none,
   * all (the episode only observes).
   */
  public List<TrackedEvent> driving() {
    List<TrackedEvent> out = events.stream().filter(TrackedEvent::takesOutOfService).toList();
    return out.isEmpty() ? events : out;
  }

  /** The events that it goes by at present. */
  public List<TrackedEvent> acting() {
    return Acting.among(events);
  }

  /** What the episode asks for: the most that one of its events asks for. */
  public PolicyAction action() {
    return events.stream()
        .map(event -> event.rule().action())
        .max(Comparator.naturalOrder())
        .orElse(PolicyAction.IGNORE);
  }

  /** The event scripts are told about: of those it goes by, the one with the earliest deadline. */
  public TrackedEvent leading() {
    return acting().stream()
        .min(
            Comparator.comparing(TrackedEvent::isGone)
                .thenComparing(event -> event.deadline().orElse(Instant.MAX))
                .thenComparing(TrackedEvent::firstSeen))
        .orElseThrow(() -> new IllegalStateException("an episode without events: " + id));
  }

  public EventWord eventWord() {
    if (cancelled) {
      return EventWord.CANCELLED;
    }
    if (!state.isBefore(MaintenanceState.RUNNING)) {
      return EventWord.COMPLETED;
    }
    return leading().hasStarted() ? EventWord.STARTED : EventWord.SCHEDULED;
  }

  /**
   * The VM is deleted by what started: the episode ends at MaintenanceStarted (lifecycle.md, "No
   * way back"), though it returns as usual should it come up again.
   */
  public boolean hasNoWayBack() {
    return driving().stream()
        .filter(TrackedEvent::hasStarted)
        .map(tracked -> tracked.event().kind())
        .anyMatch(
            kind ->
                kind == EventKind.TERMINATE
                    || (kind == EventKind.PREEMPT && machine.deletedWhenEvicted()));
  }

  /**
   * What was done to the Node is void where there is another object under its name, and is done
   * anew: unless somebody was told to go ahead, or a person has uncordoned.
   *
   * @param drainWasTold see {@link Observation.NodeReplaced}
   */
  public boolean isDoneAnewOnAnotherNode(boolean drainWasTold) {
    return cordon == Step.DONE
        && state.isBefore(MaintenanceState.MAINTENANCE_STARTED)
        && (drain.isOpen() || drain.isComplete())
        && !cancelled
        && held.isEmpty()
        && acting().stream()
            .filter(each -> !each.isOnlyAskedFor(drainWasTold))
            .noneMatch(each -> each.acknowledgement().mayHaveCounted());
  }

  /** The same, once its end was told. */
  public Episode withSummary() {
    return with(hooks, true);
  }

  Episode withoutSummary() {
    return with(hooks, false);
  }

  /** The same on a machine that was cordoned already, by a tool whose cordons are ours now. */
  public Episode withCordonTakenOver() {
    return new Episode(
        id,
        machine,
        begunAt,
        stamp,
        state,
        entered,
        events,
        deadline,
        hooks,
        Step.DONE,
        true,
        owesUncordon,
        owesStart,
        evictions,
        uncordon,
        drain,
        cancelled,
        rebooted,
        held,
        summarized);
  }

  /**
   * The same, with what another one has that was begun from the newest document: the hooks it runs
   * beside its own, what that document says of the events, and those that have joined (I8: their
   * deadline counts).
   */
  Episode withWhatRuns(Episode begun) {
    Map<Hook, HookRun> all = new EnumMap<>(Hook.class);
    all.putAll(begun.hooks);
    all.putAll(hooks);
    Episode same = with(all, summarized || begun.summarized);
    List<TrackedEvent> told = Roster.told(events, begun.events);
    List<TrackedEvent> driving = same.with(told, deadline).driving();
    Optional<Instant> recorded =
        Stream.of(deadline, begun.deadline).flatMap(Optional::stream).min(Instant::compareTo);
    return same.with(told, Deadlines.after(recorded, driving(), driving));
  }

  private Episode with(Map<Hook, HookRun> otherHooks, boolean nowSummarized) {
    return with(events, deadline, otherHooks, nowSummarized);
  }

  private Episode with(List<TrackedEvent> otherEvents, Optional<Instant> otherDeadline) {
    return with(otherEvents, otherDeadline, hooks, summarized);
  }

  private Episode with(
      List<TrackedEvent> otherEvents,
      Optional<Instant> otherDeadline,
      Map<Hook, HookRun> otherHooks,
      boolean nowSummarized) {
    return new Episode(
        id,
        machine,
        begunAt,
        stamp,
        state,
        entered,
        otherEvents,
        otherDeadline,
        otherHooks,
        cordon,
        cordonOurs,
        owesUncordon,
        owesStart,
        evictions,
        uncordon,
        drain,
        cancelled,
        rebooted,
        held,
        nowSummarized);
  }

  /** The cordon was begun, here or in an episode taken over from, and is not undone. */
  public boolean mustUncordon() {
    return cordon != Step.NOT_BEGUN || owesUncordon;
  }

  /** Likewise pre-stop: what it stopped is started again on the way back. */
  public boolean mustStart() {
    return hasBegun(Hook.PRE_STOP) || owesStart;
  }

  public boolean hasBegun(Hook hook) {
    return hooks.containsKey(hook);
  }
}
