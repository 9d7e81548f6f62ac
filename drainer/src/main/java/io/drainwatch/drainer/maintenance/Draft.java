package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An episode while one observation is worked in: the only mutable thing in the core, never seen
 * outside one call of {@link Lifecycle#next}. Its verbs are the moves an episode can make; what
 * moves when is decided by the parts of the core that use it.
 */
final class Draft extends HookDraft {
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

  final Machine machine;

  /** After a restart nothing new starts before a document came. */
  final boolean awaitingDocument;

  final String id;
  final Instant begunAt;
  private final Instant stamp;
  private MaintenanceState state;
  private Map<MaintenanceState, Instant> entered;
  private List<TrackedEvent> events;
  private Optional<Instant> deadline;
  Episode.Step cordon;
  boolean cordonOurs;
  private final boolean owesUncordon;
  private final boolean owesStart;
  Episode.Step evictions;
  Episode.Step uncordon;
  private DrainResult drain;
  private boolean cancelled;
  private boolean rebooted;
  private Optional<Episode.Held> held;
  private boolean summarized;
  private boolean overtaken;
  private boolean deadlineToTell;

  Draft(
      Episode from,
      LifecycleSettings settings,
      boolean awaitingDocument,
      Instant now,
      List<Action> actions) {
    super(from.hooks(), settings, now, actions);
    this.awaitingDocument = awaitingDocument;
    machine = from.machine();
    id = from.id();
    begunAt = from.begunAt();
    stamp = from.stamp();
    state = from.state();
    entered = from.entered();
    events = from.events();
    deadline = from.deadline();
    cordon = from.cordon();
    cordonOurs = from.cordonOurs();
    owesUncordon = from.owesUncordon();
    owesStart = from.owesStart();
    evictions = from.evictions();
    uncordon = from.uncordon();
    drain = from.drain();
    cancelled = from.cancelled();
    rebooted = from.rebooted();
    held = from.held();
    summarized = from.summarized();
  }

  Episode episode() {
    return new Episode(
        id,
        machine,
        begunAt,
        stamp,
        state,
        entered,
        events,
        deadline,
        hooksToKeep(),
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

  @Override
  boolean mayStart(Hook hook) {
    return Gate.mayStart(this, hook);
  }

  MaintenanceState state() {
    return state;
  }

  boolean isBefore(MaintenanceState other) {
    return state.isBefore(other);
  }

  void enter(MaintenanceState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(state.word() + " does not lead to " + next.word());
    }
    state = next;
    Map<MaintenanceState, Instant> withNext = new EnumMap<>(MaintenanceState.class);
    withNext.putAll(entered);
    withNext.put(next, now);
    entered = Map.copyOf(withNext);
    emit(new Action.Enter(next));
  }

  List<TrackedEvent> events() {
    return events;
  }

  /** False: the episode has as many events as it can keep, all of them more urgent. */
  boolean add(TrackedEvent event) {
    Optional<List<TrackedEvent>> more = Roster.with(events, event);
    events = more.orElse(events);
    return more.isPresent();
  }

  void activate(TrackedEvent event, boolean drained) {
    deadlineToTell = true;
    changeEvent(
        event.event().key(), each -> drained ? each.activated().drainedNow() : each.activated());
  }

  void changeEvents(Predicate<TrackedEvent> which, UnaryOperator<TrackedEvent> change) {
    events = events.stream().map(each -> which.test(each) ? change.apply(each) : each).toList();
  }

  void changeEvent(String key, UnaryOperator<TrackedEvent> change) {
    changeEvents(each -> each.event().key().equals(key), change);
  }

  Optional<TrackedEvent> event(String key) {
    return events.stream().filter(each -> each.event().key().equals(key)).findFirst();
  }

  List<TrackedEvent> driving() {
    List<TrackedEvent> out = events.stream().filter(TrackedEvent::takesOutOfService).toList();
    return out.isEmpty() ? events : out;
  }

  List<TrackedEvent> acting() {
    return Acting.among(events);
  }

  boolean hasStarted() {
    return acting().stream().anyMatch(each -> each.hasStarted() && !each.isGone());
  }

  boolean isOver() {
    return acting().stream().allMatch(TrackedEvent::isGone);
  }

  /** No event acted on is in the newest document: nothing new starts until that is clear. */
  boolean isMissing() {
    return !asksFor(PolicyAction.OBSERVE);
  }

  /** An event in the newest document asks for this, or for more. */
  boolean asksFor(PolicyAction least) {
    return acting().stream()
        .filter(TrackedEvent::isInNewestDocument)
        .anyMatch(each -> each.rule().action().compareTo(least) >= 0);
  }

  /** The most that an event acted on asks for, of those that are not over if there are any. */
  PolicyAction action() {
    List<TrackedEvent> standing = acting().stream().filter(each -> !each.isGone()).toList();
    return (standing.isEmpty() ? acting() : standing)
        .stream()
            .map(each -> each.rule().action())
            .max(Comparator.naturalOrder())
            .orElse(PolicyAction.IGNORE);
  }

  boolean drainsAfterStart() {
    return acting().stream()
        .anyMatch(
            each -> each.rule().action() == PolicyAction.DRAIN && each.rule().drainAfterStart());
  }

  @Override
  Optional<Instant> deadline() {
    return deadline;
  }

  void record(Optional<Instant> newDeadline) {
    deadlineToTell |= !deadline.equals(newDeadline);
    deadline = newDeadline;
  }

  /** Evictions under way do not know yet when they must be over, or what becomes of the rest. */
  boolean isDeadlineToTell() {
    return deadlineToTell;
  }

  void deadlineTold() {
    deadlineToTell = false;
  }

  boolean isFinished(Hook hook) {
    return hook(hook).map(HookRun::isFinished).orElse(false);
  }

  boolean hasFailed(Hook hook) {
    return hook(hook).map(HookRun::hasFailed).orElse(false);
  }

  boolean anyScriptRuns() {
    return hooks().values().stream()
        .anyMatch(run -> run.scripts().stream().anyMatch(ScriptRun::isRunning));
  }

  /** Scripts of the return itself run, or have run. */
  boolean hasReturnBegun() {
    return hooks().keySet().stream().anyMatch(hook -> hook.isOfReturn() || hook == Hook.UNCORDON);
  }

  /** Nothing of these hooks starts any more; what runs goes on. */
  void abort(Predicate<Hook> which) {
    changeAll((hook, run) -> which.test(hook) && !run.isFinished() ? run.abort() : run);
  }

  /** Nothing of these hooks starts any more; what runs is ended. */
  void end(Predicate<Hook> which, String why) {
    abort(which);
    changeAll(
        (hook, run) ->
            which.test(hook) && run.aborted() ? run.withAll(script -> script.cutShort(why)) : run);
    hooks()
        .forEach(
            (hook, run) -> {
              if (which.test(hook)) {
                endRunning(hook, run, why, driving());
              }
            });
  }

  /** Ends what runs, of whatever hook; what is to be called again may be. */
  void stopRunning(String why, List<TrackedEvent> overtaking) {
    hooks().forEach((hook, run) -> endRunning(hook, run, why, overtaking));
  }

  private void endRunning(Hook hook, HookRun run, String why, List<TrackedEvent> standing) {
    run.scripts().stream()
        .filter(script -> script.isRunning() && script.ending().isEmpty())
        .map(ScriptRun::name)
        .toList()
        .forEach(script -> end(hook, script, why, grace(standing)));
  }

  @Override
  Duration grace() {
    return grace(driving());
  }

  // Where an event still stands, the script must be gone before its NotBefore.
  private Duration grace(List<TrackedEvent> standing) {
    Duration untilNotBefore =
        standing.stream()
            .filter(each -> !each.isGone() && !each.hasStarted())
            // nothing happens to the machine when the time of a drain by hand is up
            .filter(each -> each.event().source() != EventSource.OPERATOR)
            .flatMap(each -> each.notBefore().stream())
            .min(Instant::compareTo)
            .map(at -> Duration.between(now, at).minusSeconds(1))
            .orElse(GRACE);
    if (untilNotBefore.compareTo(SHORTEST_GRACE) < 0) {
      return SHORTEST_GRACE;
    }
    return untilNotBefore.compareTo(GRACE) < 0 ? untilNotBefore : GRACE;
  }

  DrainResult drain() {
    return drain;
  }

  /** The drain is over without being complete. */
  void failDrain(DrainResult.Outcome outcome, String why, List<String> left) {
    if (!drain.isOpen()) {
      return;
    }
    drain = new DrainResult(outcome, why, left);
    stopEvictions();
  }

  void completeDrain() {
    drain = new DrainResult(DrainResult.Outcome.COMPLETE, "", List.of());
  }

  void reopenDrain() {
    drain = DrainResult.OPEN;
  }

  /** Nothing more is evicted for now; they are begun again when the event is back. */
  void pauseEvictions() {
    evictions = Episode.Step.NOT_BEGUN;
    emit(new Action.StopEvictions());
  }

  void stopEvictions() {
    if (evictions == Episode.Step.BEGUN) {
      evictions = Episode.Step.DONE;
      emit(new Action.StopEvictions());
    }
  }

  /** Scripts of the hooks before Drained that did not get to their end. */
  List<String> unfinishedScripts() {
    return hooks().values().stream()
        .filter(run -> run.hook().isBeforeDrained())
        .flatMap(run -> run.unfinished().stream())
        .toList();
  }

  boolean mustUncordon() {
    return cordon != Episode.Step.NOT_BEGUN || owesUncordon;
  }

  boolean mustStart() {
    return hooks().containsKey(Hook.PRE_STOP) || owesStart;
  }

  boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  boolean isRebooted() {
    return rebooted;
  }

  Optional<Episode.Held> held() {
    return held;
  }

  void hold(Episode.Held why) {
    held = Optional.of(why);
  }

  /** A new event stands that the machine must be drained for again. */
  boolean isOvertaken() {
    return overtaken;
  }

  void overtaken(boolean byNewEvent) {
    overtaken = byNewEvent;
  }

  void reboot() {
    rebooted = true;
  }

  boolean isSummarized() {
    return summarized;
  }

  void summarize(Summary.Ending ending) {
    summarized = true;
    emit(new Action.Summarize(Summaries.of(episode(), ending, now)));
  }
}
