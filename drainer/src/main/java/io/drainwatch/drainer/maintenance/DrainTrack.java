package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the cordon to the end of the drain: cordon, its hook, pre-stop, then drain beside the
 * evictions, post-stop. Each step waits for the one before; what may stop it is the deadline, a
 * failed hook whose {@code on-failure} is stop, and the {@link Gate}.
 *
 * <p>Goes the same way before the start and, where the policy says {@code drain-after-start}, under
 * MaintenanceStarted: there the state stays and nothing is left to acknowledge.
 */
final class DrainTrack {
  private static final List<Hook> HOOKS =
      List.of(Hook.CORDON, Hook.PRE_STOP, Hook.DRAIN, Hook.POST_STOP);

  private DrainTrack() {}

  /** Whether the drain of an event may begin: far-off ones wait for start-before and window. */
  static boolean isDue(TrackedEvent tracked, LifecycleSettings settings, Instant now) {
    return !now.isBefore(dueAt(tracked, settings, now));
  }

  /** When a waiting event becomes due, as far as can be told now. */
  static Instant dueAt(TrackedEvent tracked, LifecycleSettings settings, Instant now) {
    EventKind kind = tracked.event().kind();
    if (tracked.hasStarted() || kind == EventKind.PREEMPT || kind == EventKind.TERMINATE) {
      return tracked.firstSeen();
    }
    Instant byLead =
        tracked
            .rule()
            .startBefore()
            .flatMap(lead -> tracked.notBefore().map(at -> at.minus(lead)))
            .orElse(tracked.firstSeen());
    Optional<String> window = tracked.rule().window();
    if (window.isEmpty()) {
      return byLead;
    }
    // A window is for choosing a better moment, not for skipping the drain: where none opens before
    // the deadline, the drain starts at once.
    Instant from = now.isAfter(byLead) ? now : byLead;
    return settings
        .windows()
        .nextOpening(window.get(), from)
        .filter(open -> tracked.deadline().map(open::isBefore).orElse(true))
        .orElse(byLead);
  }

  static void advance(Draft draft) {
    if (!draft.drain().isOpen() || !draft.action().takesOutOfService()) {
      return;
    }
    if (isDeadlineReached(draft)) {
      reachDeadline(draft);
      return;
    }
    if (hasLapsed(draft)) {
      lapse(draft);
      return;
    }
    steerEvictions(draft);
    if (draft.isBefore(MaintenanceState.CORDONED)) {
      if (!Gate.mayStart(draft, Hook.CORDON)) {
        return;
      }
      draft.enter(MaintenanceState.CORDONED);
    }
    switch (draft.cordon) {
      case NOT_BEGUN -> cordon(draft);
      case BEGUN -> {}
      case DONE -> afterCordon(draft);
    }
  }

  private static void cordon(Draft draft) {
    if (!Gate.mayStart(draft, Hook.CORDON)) {
      return;
    }
    if (draft.settings.dryRun() != DryRun.OFF) {
      draft.cordon = Episode.Step.DONE;
      draft.say(Reason.DRY_RUN, "would stop new work");
      return;
    }
    draft.cordon = Episode.Step.BEGUN;
    draft.emit(new Action.Cordon());
  }

  // The first document without the event stops new evictions; when it is back they go on. A new
  // deadline is told to those that run.
  private static void steerEvictions(Draft draft) {
    if (draft.evictions != Episode.Step.BEGUN) {
      return;
    }
    if (!Gate.mayStart(draft, Hook.DRAIN)) {
      draft.pauseEvictions();
    } else if (draft.isDeadlineToTell()) {
      startEvictions(draft);
    }
  }

  private static void startEvictions(Draft draft) {
    draft.evictions = Episode.Step.BEGUN;
    draft.deadlineTold();
    draft.emit(new Action.StartEvictions(draft.deadline(), atDeadline(draft)));
  }

  // What asked for the drain is gone, what stands asks for a cordon only.
  private static boolean hasLapsed(Draft draft) {
    return draft.action() == PolicyAction.CORDON && draft.hook(Hook.PRE_STOP).isPresent();
  }

  private static void lapse(Draft draft) {
    String why = "the event that asked for the drain is gone";
    List<String> left = draft.unfinishedScripts();
    draft.end(hook -> hook.isBeforeDrained() && hook != Hook.CORDON, why);
    draft.failDrain(DrainResult.Outcome.STOPPED, why, left);
  }

  private static void afterCordon(Draft draft) {
    draft.begin(Hook.CORDON);
    if (!draft.isFinished(Hook.CORDON) || draft.action() != PolicyAction.DRAIN) {
      return;
    }
    if (mustStop(draft, Hook.CORDON)) {
      fail(draft);
    } else if (draft.hook(Hook.PRE_STOP).isPresent()) {
      afterPreStopBegan(draft);
    } else if (Gate.mayStart(draft, Hook.PRE_STOP)) {
      if (draft.isBefore(MaintenanceState.DRAINING)) {
        draft.enter(MaintenanceState.DRAINING);
      }
      draft.begin(Hook.PRE_STOP);
    }
  }

  private static void afterPreStopBegan(Draft draft) {
    if (!draft.isFinished(Hook.PRE_STOP)) {
      return;
    }
    if (mustStop(draft, Hook.PRE_STOP)) {
      fail(draft);
    } else if (draft.evictions == Episode.Step.NOT_BEGUN) {
      if (Gate.mayStart(draft, Hook.DRAIN)) {
        if (draft.settings.dryRun() == DryRun.OFF) {
          startEvictions(draft);
        } else {
          draft.evictions = Episode.Step.DONE;
          draft.say(Reason.DRY_RUN, "would evict");
        }
        draft.begin(Hook.DRAIN);
      }
    } else if (draft.isFinished(Hook.DRAIN) && draft.evictions == Episode.Step.DONE) {
      afterDrain(draft);
    }
  }

  private static void afterDrain(Draft draft) {
    if (mustStop(draft, Hook.DRAIN)) {
      fail(draft);
    } else if (draft.hook(Hook.POST_STOP).isEmpty()) {
      if (Gate.mayStart(draft, Hook.POST_STOP)) {
        draft.begin(Hook.POST_STOP);
      }
    } else if (draft.isFinished(Hook.POST_STOP)) {
      conclude(draft);
    }
  }

  // The fence: nothing is called drained unless every hook before it is through without a failure,
  // nothing is left, and the event still stands.
  private static void conclude(Draft draft) {
    if (HOOKS.stream().anyMatch(draft::hasFailed)) {
      fail(draft);
    } else if (Gate.mayStart(draft, Hook.POST_STOP)) {
      draft.completeDrain();
      if (draft.isBefore(MaintenanceState.DRAINED)) {
        draft.changeEvents(each -> each.active() && !each.isGone(), TrackedEvent::drainedNow);
        draft.enter(MaintenanceState.DRAINED);
        Acknowledging.sayWhatIsRefused(draft);
      }
    }
  }

  private static boolean mustStop(Draft draft, Hook hook) {
    return draft.hasFailed(hook) && draft.settings.hooks().onFailureOf(hook) != OnFailure.CONTINUE;
  }

  private static void fail(Draft draft) {
    List<String> failed = new ArrayList<>();
    for (Hook hook : HOOKS) {
      draft
          .hook(hook)
          .ifPresent(
              run ->
                  run.namesOf(ScriptRun.Phase.FAILED)
                      .forEach(script -> failed.add(hook.word() + "/" + script)));
    }
    String why = "failed: " + String.join(", ", failed);
    draft.abort(Hook::isBeforeDrained);
    draft.failDrain(DrainResult.Outcome.FAILED, why, failed);
    draft.say(Reason.DRAIN_FAILED, why);
  }

  /** Pods are left: the same as a failed script. */
  static void evictionsEnded(Draft draft, List<String> left) {
    if (draft.evictions != Episode.Step.BEGUN) {
      return;
    }
    draft.evictions = Episode.Step.DONE;
    if (!left.isEmpty() && draft.drain().isOpen()) {
      String why = "not evicted: " + String.join(", ", left);
      draft.abort(Hook::isBeforeDrained);
      draft.failDrain(DrainResult.Outcome.FAILED, why, left);
      draft.say(Reason.DRAIN_FAILED, why);
    }
  }

  /**
   * Pods that have to go are back. Undone as long as nobody was told to go ahead: the evictions
   * begin again, the hooks that were through stay through.
   */
  static void podsAppeared(Draft draft, List<String> pods) {
    if (draft.evictions != Episode.Step.DONE
        || !draft.isBefore(MaintenanceState.MAINTENANCE_STARTED)
        || !(draft.drain().isOpen() || draft.drain().isComplete())
        || mayHaveBeenTold(draft)) {
      return;
    }
    evictAnew(draft);
    draft.say(Reason.PODS_APPEARED, String.join(", ", pods));
  }

  /**
   * Another Node object under the same name: neither the cordon nor the drain of the old one says
   * anything of it. Once somebody was told to go ahead, or a person has uncordoned, it stays as it
   * is.
   */
  static void nodeReplaced(Draft draft, boolean drainWasTold) {
    if (!draft.episode().isDoneAnewOnAnotherNode(drainWasTold)) {
      return;
    }
    draft.changeEvents(
        each -> each.isOnlyAskedFor(drainWasTold), each -> each.with(Acknowledgement.NONE));
    draft.cordon = Episode.Step.NOT_BEGUN;
    draft.cordonOurs = false;
    evictAnew(draft);
    draft.say(Reason.NODE_REPLACED, draft.id);
  }

  private static void evictAnew(Draft draft) {
    draft.evictions = Episode.Step.NOT_BEGUN;
    if (draft.state() == MaintenanceState.DRAINED) {
      draft.reopenDrain();
      draft.changeEvents(TrackedEvent::drained, TrackedEvent::notDrained);
      draft.enter(MaintenanceState.DRAINING);
    }
  }

  private static boolean mayHaveBeenTold(Draft draft) {
    return draft.acting().stream().anyMatch(each -> each.acknowledgement().mayHaveCounted());
  }

  private static boolean isDeadlineReached(Draft draft) {
    return draft.action() == PolicyAction.DRAIN
        && draft.acting().stream().anyMatch(TrackedEvent::active)
        && draft.deadline().map(at -> !draft.now.isBefore(at)).orElse(false);
  }

  private static void reachDeadline(Draft draft) {
    List<String> left = draft.unfinishedScripts();
    String why =
        left.isEmpty() ? "the drain had not got that far" : "left: " + String.join(", ", left);
    draft.end(Hook::isBeforeDrained, "the deadline was reached");
    draft.failDrain(DrainResult.Outcome.DEADLINE_REACHED, why, left);
    draft.say(Reason.DEADLINE_REACHED, why);
  }

  private static AtDeadline atDeadline(Draft draft) {
    return draft.acting().stream()
            .filter(TrackedEvent::takesOutOfService)
            .allMatch(each -> each.rule().atDeadline() == AtDeadline.LEAVE)
        ? AtDeadline.LEAVE
        : AtDeadline.DELETE_PODS;
  }
}
