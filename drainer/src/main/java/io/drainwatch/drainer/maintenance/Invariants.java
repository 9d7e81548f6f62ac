package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one step of the core from outside and says which invariant of lifecycle.md it broke.
 * Written against the specification, not against the core: the property tests check every step of
 * random histories with it, and the daemon counts what it says ({@code
 * drainwatch_invariant_violations_total}, 0 in production).
 *
 * <p>I2, I5 and I6 speak of pods; here they are what a plain VM has of them: the order of cordon
 * and eviction, the time between two calls or two requests, the grace given to a script.
 */
public final class Invariants {
  private static final Duration LEAST_GRACE = Duration.ofSeconds(1);

  private Invariants() {}

  /** A broken promise. */
  public record Violation(String invariant, String what) {}

  /** All but what needs the time of the step (I5). */
  public static List<Violation> brokenBy(
      Watch before, Observation observation, Transition step, LifecycleSettings settings) {
    List<Violation> broken = new ArrayList<>();
    if (isQuiet(before, step)) {
      return broken;
    }
    for (Action action : step.actions()) {
      check(before, observation, step, action, settings, broken);
    }
    checkEvictionsUnderWay(step, broken);
    checkMachine(before, observation, step, broken);
    checkOwnership(before, observation, step, broken);
    new DeadlineCheck(before, observation, step).check(broken);
    checkEnd(before, observation, step, broken);
    NewsCheck news = new NewsCheck(before, observation, step, settings);
    news.check(broken);
    new PeerCheck(before, observation, step, news).check(broken);
    return broken;
  }

  /** Nothing was under way, nothing is, nothing is done: there is nothing to break. */
  private static boolean isQuiet(Watch before, Transition step) {
    return step.actions().isEmpty() && isQuiet(before) && isQuiet(step.watch());
  }

  private static boolean isQuiet(Watch watch) {
    return watch.episode().isEmpty() && watch.peers().equals(Peers.NONE);
  }

  public static List<Violation> brokenBy(
      Watch before,
      Observation observation,
      Transition step,
      LifecycleSettings settings,
      Instant now) {
    List<Violation> broken = brokenBy(before, observation, step, settings);
    new PaceCheck(before, observation, step, now).check(broken);
    return broken;
  }

  private static void check(
      Watch before,
      Observation observation,
      Transition step,
      Action action,
      LifecycleSettings settings,
      List<Violation> broken) {
    boolean dryRun = settings.dryRun() != DryRun.OFF;
    switch (action) {
      case Action.Acknowledge acknowledge ->
          checkAcknowledge(
              before, observation, step.watch().machine(), acknowledge, settings, broken);
      case Action.StartEvictions start -> {
        boolean cordoned =
            step.watch()
                .episode()
                .map(each -> each.cordon() == Episode.Step.DONE && each.hasBegun(Hook.PRE_STOP))
                .orElse(false);
        if (!cordoned || dryRun) {
          broken.add(new Violation("I2", "evicts before the cordon, or in dry-run: " + start));
        }
        checkStanding(step, PolicyAction.DRAIN, action, broken);
      }
      case Action.RunScript run -> {
        if (run.hook().isBeforeDrained()) {
          checkStanding(
              step,
              run.hook() == Hook.CORDON ? PolicyAction.CORDON : PolicyAction.DRAIN,
              action,
              broken);
        }
        if (run.dryRun() != dryRun || settings.dryRun() == DryRun.REPORT) {
          broken.add(new Violation("I2", "a script is not told of the dry-run: " + run));
        }
      }
      case Action.EndScript end -> {
        if (end.grace().compareTo(LEAST_GRACE) < 0) {
          broken.add(new Violation("I6", "a grace of less than 1 s: " + end));
        }
      }
      case Action.Uncordon(boolean ours) -> {
        boolean recorded = step.watch().episode().map(Episode::cordonOurs).orElse(false);
        if (ours && !recorded) {
          broken.add(new Violation("I3", "uncordons what the record does not call ours"));
        }
      }
      case Action.Cordon ignored -> {
        if (dryRun) {
          broken.add(new Violation("I2", "cordons in dry-run"));
        }
      }
      case Action.Enter ignored -> {}
      case Action.ListHook ignored -> {}
      case Action.WouldRun ignored -> {}
      case Action.RefreshContext ignored -> {}
      case Action.StopEvictions ignored -> {}
      case Action.Notify ignored -> {}
      case Action.SetAside ignored -> {}
      case Action.Summarize ignored -> {}
    }
  }

  private static void checkAcknowledge(
      Watch before,
      Observation observation,
      Optional<Machine> self,
      Action.Acknowledge action,
      LifecycleSettings settings,
      List<Violation> broken) {
    boolean durable = before.recorded() || observation instanceof Observation.Recorded;
    Optional<TrackedEvent> tracked =
        before.episode().stream()
            .flatMap(each -> each.events().stream())
            .filter(each -> each.event().id().equalsIgnoreCase(action.eventId()))
            .findFirst();
    boolean allowed =
        tracked.map(each -> allows(each, before.episode().orElseThrow())).orElse(false);
    if (!durable || !allowed) {
      broken.add(new Violation("I1", "acknowledges without a recorded Drained: " + action));
    }
    boolean namesUs =
        tracked
            .map(TrackedEvent::event)
            .filter(event -> event.hasPlatformId() && event.source() != EventSource.OPERATOR)
            .flatMap(event -> self.map(machine -> event.names(machine.vmName())))
            .orElse(false);
    if (!namesUs || settings.dryRun() != DryRun.OFF) {
      broken.add(new Violation("I1", "acknowledges another's event, or in dry-run: " + action));
    }
  }

  private static boolean allows(TrackedEvent tracked, Episode episode) {
    return tracked.event().kind().isAcknowledgeable()
        && switch (tracked.rule().acknowledge()) {
          case IMMEDIATELY -> true;
          case AFTER_DRAIN -> tracked.drained();
          case EVEN_IF_FAILED ->
              tracked.drained() || episode.drain().outcome() == DrainResult.Outcome.FAILED;
          case NEVER -> false;
        };
  }

  private static void checkStanding(
      Transition step, PolicyAction least, Object work, List<Violation> broken) {
    boolean standing =
        step.watch()
            .episode()
            .filter(episode -> !episode.cancelled() && episode.held().isEmpty())
            .filter(episode -> !step.watch().awaitingDocument())
            .map(
                episode ->
                    episode.events().stream()
                        .filter(each -> each.rule().action().compareTo(least) >= 0)
                        .anyMatch(each -> isStanding(each, step.watch())))
            .orElse(false);
    if (!standing) {
      broken.add(new Violation("I7", "works for an event that is gone: " + work));
    }
  }

  // By the newest document itself; before one was read, by the record.
  private static boolean isStanding(TrackedEvent tracked, Watch watch) {
    if (tracked.isGone()) {
      return false;
    }
    if (tracked.event().source() == EventSource.OPERATOR || watch.newest().isEmpty()) {
      return tracked.absentFrom() == 0;
    }
    return watch.newest().get().events().stream()
        .filter(event -> event.key().equals(tracked.event().key()))
        .anyMatch(event -> watch.machine().map(it -> event.names(it.vmName())).orElse(false));
  }

  private static void checkEvictionsUnderWay(Transition step, List<Violation> broken) {
    step.watch()
        .episode()
        .filter(episode -> episode.evictions() == Episode.Step.BEGUN)
        .ifPresent(
            episode -> {
              // a record that was read back says what was under way, not what is
              if (step.watch().machine().isPresent()) {
                checkStanding(step, PolicyAction.DRAIN, "evictions are under way", broken);
              }
            });
  }

  private static void checkMachine(
      Watch before, Observation observation, Transition step, List<Violation> broken) {
    Watch after = step.watch();
    boolean foreign =
        after
            .episode()
            .flatMap(
                episode -> after.machine().map(machine -> !episode.machine().isSameAs(machine)))
            .orElse(false);
    if (foreign) {
      broken.add(new Violation("I4", "goes on with another machine's record"));
    }
    boolean mayAct =
        observation instanceof Observation.DaemonStarted(Machine machine)
            ? before.episode().map(episode -> episode.machine().isSameAs(machine)).orElse(true)
            : after.machine().isPresent();
    boolean acts =
        step.actions().stream()
            .anyMatch(
                action -> !(action instanceof Action.Notify || action instanceof Action.SetAside));
    if (acts && !mayAct) {
      broken.add(new Violation("I4", "acts before it is known whose record this is"));
    }
  }

  private static void checkOwnership(
      Watch before, Observation observation, Transition step, List<Violation> broken) {
    boolean was = before.episode().map(Episode::cordonOurs).orElse(false);
    boolean is = step.watch().episode().map(Episode::cordonOurs).orElse(false);
    boolean told =
        observation instanceof Observation.CordonDone(boolean ours)
            ? ours
            : observation instanceof Observation.RecordFound(Episode found) && found.cordonOurs();
    if (is && !was && !told) {
      broken.add(new Violation("I3", "calls a cordon ours that nobody said is"));
    }
    boolean undone = step.actions().stream().anyMatch(Action.Uncordon.class::isInstance);
    boolean dropped = step.watch().episode().isEmpty() && !setsAside(step);
    boolean nothingIsLeft =
        isUncordoned(before)
            || isUncordonDone(observation)
            || observation instanceof Observation.NodeGone;
    if (was && dropped && !undone && !nothingIsLeft) {
      broken.add(new Violation("I3", "ends and leaves our cordon behind"));
    }
  }

  private static boolean isUncordoned(Watch before) {
    return before.episode().map(each -> each.uncordon() == Episode.Step.DONE).orElse(false);
  }

  private static boolean isUncordonDone(Observation observation) {
    return observation instanceof Observation.UncordonDone;
  }

  private static boolean setsAside(Transition step) {
    return step.actions().stream().anyMatch(Action.SetAside.class::isInstance);
  }

  private static void checkEnd(
      Watch before, Observation observation, Transition step, List<Violation> broken) {
    List<String> summaries = new ArrayList<>();
    boolean setAside = setsAside(step);
    for (Action action : step.actions()) {
      if (action instanceof Action.Summarize(Summary summary)) {
        summaries.add(summary.episode());
      }
    }
    if (summaries.stream().distinct().count() != summaries.size()) {
      broken.add(new Violation("I9", "two summaries of one episode: " + summaries));
    }
    if (before.episode().isEmpty()) {
      return;
    }
    Episode was = before.episode().get();
    Optional<Episode> same = step.watch().episode().filter(is -> is.id().equals(was.id()));
    boolean given = summaries.contains(was.id());
    if (was.summarized() && (given || same.map(is -> !is.summarized()).orElse(false))) {
      broken.add(new Violation("I9", "a second summary, or a forgotten one: " + was.id()));
    }
    if (!was.summarized() && same.isEmpty() && !given && !setAside) {
      broken.add(new Violation("I9", "ended without its summary: " + was.id()));
    }
    boolean saidBefore =
        observation instanceof Observation.RecordFound(Episode found) && found.summarized();
    if (!was.summarized() && same.map(Episode::summarized).orElse(false) && !given && !saidBefore) {
      broken.add(new Violation("I9", "is called summarized and is not: " + was.id()));
    }
  }
}
