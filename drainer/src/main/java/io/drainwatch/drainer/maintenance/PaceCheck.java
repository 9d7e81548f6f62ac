package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** I5 as a plain VM has it: a second between two calls of a script, and two tries of a request. */
record PaceCheck(Watch before, Observation observation, Transition step, Instant now) {
  private static final Duration LEAST = Duration.ofSeconds(1);

  void check(List<Invariants.Violation> broken) {
    // after a restart what was under way is repeated at once
    if (observation instanceof Observation.DaemonStarted || before.episode().isEmpty()) {
      return;
    }
    Episode was = before.episode().get();
    for (Action action : step.actions()) {
      if (action instanceof Action.RunScript run) {
        checkCall(was, run, broken);
      } else if (action instanceof Action.Acknowledge acknowledge) {
        checkTry(was, acknowledge, broken);
      }
    }
    step.watch()
        .episode()
        .ifPresent(
            is -> {
              is.hooks().forEach((hook, run) -> checkCalls(was, run, broken));
              checkTries(was, is, broken);
            });
  }

  private void checkCall(Episode was, Action.RunScript run, List<Invariants.Violation> broken) {
    Optional<Instant> planned =
        Optional.ofNullable(was.hooks().get(run.hook()))
            .flatMap(hook -> hook.script(run.script()))
            .flatMap(ScriptRun::again);
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
        .filter(now::isBefore)
        .forEach(
            planned ->
                broken.add(new Invariants.Violation("I5", "sent before " + planned + acknowledge)));
  }

  private void checkCalls(Episode was, HookRun run, List<Invariants.Violation> broken) {
    for (ScriptRun script : run.scripts()) {
      Optional<Instant> planned =
          Optional.ofNullable(was.hooks().get(run.hook()))
              .flatMap(hook -> hook.script(script.name()))
              .flatMap(ScriptRun::again);
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
              .findFirst();
      Optional<Instant> next = tracked.acknowledgement().nextTry();
      if (next.isPresent() && !next.equals(planned)) {
        checkAt(next.get(), tracked.event().id(), broken);
      }
    }
  }

  private void checkAt(Instant next, String what, List<Invariants.Violation> broken) {
    if (Duration.between(now, next).compareTo(LEAST) < 0) {
      broken.add(new Invariants.Violation("I5", "again within a second: " + what));
    }
  }
}
