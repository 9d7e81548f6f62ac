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
 * and eviction, the grace given to a script.
 */
public final class Invariants {
  private static final Duration LEAST_GRACE = Duration.ofSeconds(1);

  private Invariants() {}

  /** A broken promise. */
  public record Violation(String invariant, String what) {}

  public static List<Violation> brokenBy(
      Watch before, Observation observation, Transition step, LifecycleSettings settings) {
    List<Violation> broken = new ArrayList<>();
    for (Action action : step.actions()) {
      check(before, observation, step, action, settings, broken);
    }
    checkMachine(step, broken);
    checkDeadline(before, observation, step, broken);
    checkEnd(before, step, broken);
    checkErrors(before, observation, step, broken);
    return broken;
  }

  private static void check(
      Watch before,
      Observation observation,
      Transition step,
      Action action,
      LifecycleSettings settings,
      List<Violation> broken) {
    switch (action) {
      case Action.Acknowledge acknowledge ->
          checkAcknowledge(before, observation, acknowledge, settings, broken);
      case Action.StartEvictions start -> {
        boolean cordoned =
            step.watch().episode().map(each -> each.cordon() == Episode.Step.DONE).orElse(false);
        if (!cordoned) {
          broken.add(new Violation("I2", "evictions started without a cordon: " + start));
        }
        checkClear(step, action, broken);
      }
      case Action.RunScript run -> {
        if (run.hook().isBeforeDrained()) {
          checkClear(step, action, broken);
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
      case Action.Enter ignored -> {}
      case Action.ListHook ignored -> {}
      case Action.WouldRun ignored -> {}
      case Action.RefreshContext ignored -> {}
      case Action.Cordon ignored -> {}
      case Action.StopEvictions ignored -> {}
      case Action.Notify ignored -> {}
      case Action.SetAside ignored -> {}
      case Action.Summarize ignored -> {}
    }
  }

  private static void checkAcknowledge(
      Watch before,
      Observation observation,
      Action.Acknowledge action,
      LifecycleSettings settings,
      List<Violation> broken) {
    boolean durable = before.recorded() || observation instanceof Observation.Recorded;
    Optional<TrackedEvent> tracked =
        before.episode().stream()
            .flatMap(each -> each.events().stream())
            .filter(each -> each.event().id().equals(action.eventId()))
            .findFirst();
    boolean allowed =
        tracked
            .map(
                each ->
                    switch (each.rule().acknowledge()) {
                      case IMMEDIATELY -> true;
                      case AFTER_DRAIN -> each.drained();
                      case EVEN_IF_FAILED ->
                          each.drained()
                              || before.episode().orElseThrow().drain().outcome()
                                  == DrainResult.Outcome.FAILED;
                      case NEVER -> false;
                    })
            .orElse(false);
    if (!durable || !allowed) {
      broken.add(new Violation("I1", "acknowledges without a recorded Drained: " + action));
    }
    boolean namesUs =
        tracked
            .flatMap(each -> before.machine().map(m -> each.event().names(m.vmName())))
            .orElse(false);
    if (!namesUs || settings.dryRun() != DryRun.OFF) {
      broken.add(new Violation("I1", "acknowledges another's event, or in dry-run: " + action));
    }
  }

  private static void checkClear(Transition step, Action action, List<Violation> broken) {
    step.watch()
        .episode()
        .ifPresent(
            episode -> {
              boolean standing =
                  episode.driving().stream().anyMatch(TrackedEvent::isInNewestDocument);
              if (!standing || episode.cancelled() || episode.held().isPresent()) {
                broken.add(new Violation("I7", "starts work for an event that is gone: " + action));
              }
            });
  }

  private static void checkMachine(Transition step, List<Violation> broken) {
    boolean foreign =
        step.watch()
            .episode()
            .flatMap(
                episode ->
                    step.watch().machine().map(machine -> !episode.machine().isSameAs(machine)))
            .orElse(false);
    if (foreign) {
      broken.add(new Violation("I4", "goes on with another machine's record"));
    }
  }

  private static void checkDeadline(
      Watch before, Observation observation, Transition step, List<Violation> broken) {
    if (before.episode().isEmpty() || step.watch().episode().isEmpty()) {
      return;
    }
    Episode was = before.episode().get();
    Episode is = step.watch().episode().get();
    if (!was.id().equals(is.id()) || was.deadline().isEmpty()) {
      return;
    }
    Instant recorded = was.deadline().get();
    boolean later = is.deadline().map(recorded::isBefore).orElse(true);
    boolean everyEventMoved =
        observation instanceof Observation.DocumentRead
            && was.driving().stream()
                .filter(each -> !each.isGone())
                .allMatch(each -> movedLater(each, is));
    if (later && !everyEventMoved) {
      broken.add(
          new Violation("I8", "the deadline moved from " + recorded + " to " + is.deadline()));
    }
  }

  private static boolean movedLater(TrackedEvent before, Episode now) {
    return now.events().stream()
        .filter(each -> each.event().key().equals(before.event().key()))
        .anyMatch(
            each ->
                each.notBefore().isPresent()
                    && before
                        .notBefore()
                        .map(at -> at.isBefore(each.notBefore().get()))
                        .orElse(before.deadline().isPresent()));
  }

  private static void checkEnd(Watch before, Transition step, List<Violation> broken) {
    long summaries = step.actions().stream().filter(Action.Summarize.class::isInstance).count();
    boolean setAside = step.actions().stream().anyMatch(Action.SetAside.class::isInstance);
    before
        .episode()
        .ifPresent(
            was -> {
              boolean gone =
                  step.watch().episode().map(is -> !is.id().equals(was.id())).orElse(true);
              if (was.summarized() && gone && summaries > 0) {
                broken.add(new Violation("I9", "a second summary of " + was.id()));
              }
              if (!was.summarized() && gone && summaries != 1 && !setAside) {
                broken.add(new Violation("I9", "ended without one summary: " + was.id()));
              }
            });
    if (summaries > 1) {
      broken.add(new Violation("I9", summaries + " summaries in one step"));
    }
  }

  private static void checkErrors(
      Watch before, Observation observation, Transition step, List<Violation> broken) {
    boolean mayEndEvents =
        observation instanceof Observation.DocumentRead
            || observation instanceof Observation.EmptyAnswer
            || observation instanceof Observation.OperatorResume;
    if (mayEndEvents || before.episode().isEmpty() || step.watch().episode().isEmpty()) {
      return;
    }
    for (TrackedEvent was : before.episode().get().events()) {
      for (TrackedEvent is : step.watch().episode().get().events()) {
        if (was.event().key().equals(is.event().key())
            && was.absentFrom() < is.absentFrom()
            && before.episode().get().id().equals(step.watch().episode().get().id())) {
          broken.add(
              new Violation("I10", "takes " + observation + " for a document without events"));
        }
      }
    }
  }
}
