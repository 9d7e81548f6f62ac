package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * I5 as a plain VM has it: a second between two calls of a script, and two tries of a request. By
 * time that passes, not by what a clock shows: what was planned moves with a clock that is set.
 */
record PaceCheck(Watch before, Observation observation, Transition step, Instant now) {
  private static final Duration LEAST = Duration.ofSeconds(1);

  void check(List<Invariants.Violation> broken) {
    // after a restart what was under way is repeated at once
    if (observation instanceof Observation.DaemonStarted) {
      return;
    }
    for (Action action : step.actions()) {
      if (action instanceof Action.RunScript run) {
        checkCall(run, broken);
      } else if (action instanceof Action.Acknowledge acknowledge) {
        before.episode().ifPresent(was -> checkTry(was, acknowledge, broken));
      }
    }
    for (Hook hook : Hook.values()) {
      run(step.watch(), hook).ifPresent(run -> checkCalls(run, broken));
    }
    if (before.episode().isPresent() && step.watch().episode().isPresent()) {
      checkTries(before.episode().get(), step.watch().episode().get(), broken);
    }
  }

  private static Optional<HookRun> run(Watch watch, Hook hook) {
    return hook.isOfPeers()
        ? watch.peers().removal().map(Removal::hook).filter(run -> run.hook() == hook)
        : watch.episode().flatMap(episode -> Optional.ofNullable(episode.hooks().get(hook)));
  }

  private Optional<Instant> planned(Hook hook, String script) {
    return run(before, hook)
        .flatMap(run -> run.script(script))
        .flatMap(ScriptRun::again)
        .map(this::byTheClockOfNow);
  }

  private Instant byTheClockOfNow(Instant planned) {
    return observation instanceof Observation.ClockStepped(Duration by)
        ? planned.plus(by)
        : planned;
  }

  private void checkCall(Action.RunScript run, List<Invariants.Violation> broken) {
    Optional<Instant> planned = planned(run.hook(), run.script());
    if (planned.filter(now::isBefore).isPresent()) {
      broken.add(new Invariants.Violation("I5", "called before " + planned.get() + ": " + run));
    }
    if (Duration.between(now, run.endBy()).compareTo(LEAST) < 0) {
      broken.add(new Invariants.Violation("I6", "called with no time left: " + run));
    }
  }

  private void checkTry(
      Episode was, Action.Acknowledge acknowledge, List<Invariants.Violation> broken) {
    was.events().stream()
        .filter(each -> each.event().id().equalsIgnoreCase(acknowledge.eventId()))
        .flatMap(each -> each.acknowledgement().nextTry().stream())
        .map(this::byTheClockOfNow)
        .filter(now::isBefore)
        .forEach(
            planned ->
                broken.add(new Invariants.Violation("I5", "sent before " + planned + acknowledge)));
  }

  private void checkCalls(HookRun run, List<Invariants.Violation> broken) {
    for (ScriptRun script : run.scripts()) {
      Optional<Instant> planned = planned(run.hook(), script.name());
      if (script.again().isPresent() && !script.again().equals(planned)) {
        checkAt(script.again().get(), run.hook().word() + "/" + script.name(), broken);
      }
    }
  }

  private void checkTries(Episode was, Episode is, List<Invariants.Violation> broken) {
    for (TrackedEvent tracked : is.events()) {
      Optional<Instant> planned =
          was.events().stream()
              .filter(tracked::isSameEventAs)
              .flatMap(each -> each.acknowledgement().nextTry().stream())
              .map(this::byTheClockOfNow)
              .findFirst();
      Optional<Instant> next = tracked.acknowledgement().nextTry();
      if (next.isPresent() && !next.equals(planned) && !isAllowedNow(tracked)) {
        checkAt(next.get(), tracked.event().id(), broken);
      }
    }
  }

  /** What was withheld never left, so it is no try that a second has to pass after. */
  private boolean isAllowedNow(TrackedEvent tracked) {
    return observation instanceof Observation.AcknowledgeAllowed(String eventId)
        && tracked.event().id().equalsIgnoreCase(eventId);
  }

  private void checkAt(Instant next, String what, List<Invariants.Violation> broken) {
    if (Duration.between(now, next).compareTo(LEAST) < 0) {
      broken.add(new Invariants.Violation("I5", "again within a second: " + what));
    }
  }
}
