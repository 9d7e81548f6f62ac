package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Calls the scripts of the hooks that are begun: row after row, judges what comes back, calls again
 * where asked to, and ends what takes too long (drain-scripts.md 1.4 to 1.6).
 *
 * <p>A script's time counts over all its calls: for the hooks before Drained up to the setting or
 * the deadline, whichever is first; {@code scheduled} at most 600 s and the deadline; for all
 * others, and where there is no deadline, 600 s.
 */
final class HookSequence {
  /** Called again until 0, another code or the time-out. */
  static final int NOT_FINISHED = 75;

  private static final Duration LEAST_TIME = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofSeconds(60);
  private static final int ALERT_AFTER = 5;

  private HookSequence() {}

  /** When a script of this contract must be over, were it begun at {@code begunAt}. */
  static Instant endBy(
      Hook hook,
      Contract contract,
      Instant begunAt,
      Optional<Instant> deadline,
      HookSettings settings) {
    Instant byHook = endBy(hook, begunAt, deadline, settings);
    return contract.longest().map(begunAt::plus).filter(at -> at.isBefore(byHook)).orElse(byHook);
  }

  /** The same as far as the hook itself says. */
  static Instant endBy(
      Hook hook, Instant begunAt, Optional<Instant> deadline, HookSettings settings) {
    Instant byTimeout = begunAt.plus(settings.timeoutOf(hook).orElse(HookSettings.DEFAULT_TIMEOUT));
    if (hook.isBeforeDrained()) {
      return deadline
          .map(
              at -> settings.timeoutOf(hook).isPresent() && byTimeout.isBefore(at) ? byTimeout : at)
          .orElse(byTimeout);
    }
    if (hook == Hook.SCHEDULED) {
      return deadline.filter(at -> at.isBefore(byTimeout)).orElse(byTimeout);
    }
    return byTimeout;
  }

  static void listed(HookDraft draft, Observation.HookListed listed) {
    Hook hook = listed.hook();
    if (draft.hook(hook).isEmpty()) {
      return;
    }
    if (draft.hook(hook).get().listed()) {
      dropWhatIsNoLongerThere(draft, listed);
      return;
    }
    draft.change(hook, run -> run.listed(listed.rows()));
    // refused: not run, counts as failed; on the way back it is looked at again like any failure
    draft.change(
        hook,
        run ->
            run.withAll(
                each -> each.reason().map(why -> refused(draft, hook, each, why)).orElse(each)));
  }

  private static ScriptRun refused(HookDraft draft, Hook hook, ScriptRun script, String why) {
    return why.equals(HookRun.LISTED_TWICE)
        ? failedForGood(draft, hook, script, why)
        : failed(draft, hook, script, why);
  }

  // Whoever takes a broken script of the return away wants the return to go on. What has come in
  // its place is run: it may have stood for scripts that could not be listed before.
  private static void dropWhatIsNoLongerThere(HookDraft draft, Observation.HookListed listed) {
    Set<String> there =
        listed.rows().stream()
            .flatMap(List::stream)
            .map(PlannedScript::name)
            .collect(Collectors.toSet());
    Predicate<ScriptRun> isDropped =
        script ->
            script.phase() == ScriptRun.Phase.WAITING
                && script.failures() > 0
                && !there.contains(script.name());
    draft.change(
        listed.hook(),
        run ->
            run.scripts().stream().anyMatch(isDropped)
                ? run.withAll(
                        script ->
                            isDropped.test(script)
                                ? failedForGood(
                                    draft, listed.hook(), script, "it is no longer there")
                                : script)
                    .withNewOf(listed.rows())
                : run);
  }

  private static ScriptRun failedForGood(HookDraft draft, Hook hook, ScriptRun script, String why) {
    draft.say(Reason.HOOK_FAILED, hook.word() + "/" + script.name() + ": " + why);
    return script.failed(why);
  }

  static void ended(HookDraft draft, Observation.ScriptEnded ended) {
    boolean expected =
        draft
            .hook(ended.hook())
            .flatMap(run -> run.script(ended.script()))
            .filter(script -> script.isRunning() && script.attempts() == ended.attempt())
            .isPresent();
    if (expected) {
      draft.change(
          ended.hook(),
          run -> run.with(ended.script(), script -> judge(draft, ended.hook(), script, ended)));
    }
  }

  private static ScriptRun judge(
      HookDraft draft, Hook hook, ScriptRun script, Observation.ScriptEnded ended) {
    if (script.ending().isPresent()) {
      return failed(draft, hook, script, script.ending().get() + unkillable(ended.outcome()));
    }
    return switch (ended.outcome()) {
      case ScriptOutcome.Exited(int code) -> {
        if (code == 0) {
          yield script.succeeded();
        }
        yield code == NOT_FINISHED && script.contract().recallsByExitCode()
            ? script.recalledAt(draft.now.plus(draft.settings.hooks().recall()))
            : failed(draft, hook, script, "exit code " + code);
      }
      case ScriptOutcome.StaticDrain(Duration pause) ->
          pause.isZero() ? script.succeeded() : script.settlingUntil(draft.now.plus(pause));
      case ScriptOutcome.DynamicDrain(Duration pause) -> script.recalledAt(draft.now.plus(pause));
      case ScriptOutcome.Unacceptable(String why) -> failed(draft, hook, script, why);
      case ScriptOutcome.Tolerated(int code) -> {
        draft.say(Reason.HOOK_FAILED, tolerated(hook, script, code));
        yield script.succeeded();
      }
      case ScriptOutcome.Ended(boolean gone) ->
          failed(draft, hook, script, "ended" + (gone ? "" : ", unkillable"));
      case ScriptOutcome.NotStarted(String why) ->
          failed(draft, hook, script, "not started: " + why);
    };
  }

  private static String tolerated(Hook hook, ScriptRun script, int code) {
    return hook.word() + "/" + script.name() + ": exit code " + code + ", which is ignored";
  }

  private static String unkillable(ScriptOutcome outcome) {
    return outcome instanceof ScriptOutcome.Ended(boolean gone) && !gone ? ", unkillable" : "";
  }

  private static ScriptRun failed(HookDraft draft, Hook hook, ScriptRun script, String why) {
    boolean retried =
        hook.isOfReturn()
            && draft.settings.hooks().onFailureOf(hook) == OnFailure.RETRY
            && draft.hook(hook).map(run -> !run.aborted()).orElse(false);
    if (!retried) {
      return failedForGood(draft, hook, script, why);
    }
    draft.say(Reason.HOOK_FAILED, hook.word() + "/" + script.name() + ": " + why);
    draft.emit(new Action.ListHook(hook));
    if (script.failures() + 1 == ALERT_AFTER) {
      draft.say(
          Reason.RETURN_BLOCKED,
          hook.word() + "/" + script.name() + " failed " + ALERT_AFTER + " times: " + why);
    }
    return script.retriedAt(draft.now.plus(retryDelay(script.failures())), why);
  }

  /** When the call failed that this one is tried again after. */
  static Optional<Instant> failedAt(ScriptRun script) {
    return script.failures() > 0
        ? script.again().map(at -> at.minus(retryDelay(script.failures() - 1)))
        : Optional.empty();
  }

  static Duration retryDelay(int failuresBefore) {
    Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failuresBefore, 10));
    return delay.compareTo(LAST_RETRY) < 0 ? delay : LAST_RETRY;
  }

  /** Starts, recalls, retries and ends whatever is due in the hooks that are begun. */
  static void advance(HookDraft draft) {
    for (Hook hook : List.copyOf(draft.hooks().keySet())) {
      draft
          .hook(hook)
          .filter(HookRun::listed)
          .ifPresent(
              run -> {
                run.scripts().stream()
                    .filter(script -> !script.isOver())
                    .filter(
                        script ->
                            run.aborted() ? script.isRunning() : script.row() == run.currentRow())
                    .forEach(script -> advance(draft, hook, script));
              });
    }
  }

  private static void advance(HookDraft draft, Hook hook, ScriptRun script) {
    switch (script.phase()) {
      case PENDING -> start(draft, hook, script);
      case SETTLING -> {
        if (script.again().map(at -> !draft.now.isBefore(at)).orElse(true)) {
          draft.change(hook, run -> run.with(script.name(), ScriptRun::succeeded));
        } else if (isOutOfTime(draft, hook, script)) {
          outOfTime(draft, hook, script);
        }
      }
      case WAITING -> {
        if (script.checkStatus() && isOutOfTime(draft, hook, script)) {
          outOfTime(draft, hook, script);
        } else if (script.again().map(at -> !draft.now.isBefore(at)).orElse(true)) {
          start(draft, hook, script);
        }
      }
      case BEGUN -> {
        if (script.ending().isEmpty() && isOutOfTime(draft, hook, script)) {
          draft.end(hook, script.name(), "its time was up");
        }
      }
      case SUCCEEDED, FAILED -> {}
    }
  }

  private static void outOfTime(HookDraft draft, Hook hook, ScriptRun script) {
    draft.change(
        hook,
        run ->
            run.with(
                script.name(),
                each -> failed(draft, hook, each, "not finished when its time was up")));
  }

  private static boolean isOutOfTime(HookDraft draft, Hook hook, ScriptRun script) {
    return !draft.now.isBefore(endBy(draft, hook, script));
  }

  private static Instant endBy(HookDraft draft, Hook hook, ScriptRun script) {
    return endBy(
        hook,
        script.contract(),
        begunAt(draft, hook, script),
        draft.deadline(),
        draft.settings.hooks());
  }

  private static Instant begunAt(HookDraft draft, Hook hook, ScriptRun script) {
    return draft.hook(hook).flatMap(run -> begunAt(run, script)).orElse(draft.now);
  }

  /**
   * The time of a contract's own, five minutes for all commands, counts from the first of them;
   * what failed on the way back and is tried again has it anew, or it could never succeed.
   */
  static Optional<Instant> begunAt(HookRun run, ScriptRun script) {
    return script.contract().longest().isPresent() && script.failures() == 0
        ? run.begunAt(script.contract())
        : script.begunAt();
  }

  private static void start(HookDraft draft, Hook hook, ScriptRun script) {
    if (!draft.mayStart(hook)) {
      return;
    }
    if (isBlocked(draft, hook, script)) {
      draft.change(
          hook,
          run ->
              run.with(
                  script.name(),
                  each -> failedForGood(draft, hook, each, "not run, as one before it failed")));
      return;
    }
    Instant endBy = endBy(draft, hook, script);
    if (Duration.between(draft.now, endBy).compareTo(LEAST_TIME) < 0) {
      draft.change(
          hook, run -> run.with(script.name(), each -> failed(draft, hook, each, "no time left")));
      return;
    }
    if (draft.settings.dryRun() == DryRun.REPORT
        || (draft.settings.dryRun() == DryRun.CALL && !script.contract().knowsDryRun())) {
      draft.change(hook, run -> run.with(script.name(), ScriptRun::succeeded));
      draft.emit(new Action.WouldRun(hook, script.name()));
      return;
    }
    draft.change(hook, run -> run.with(script.name(), each -> each.begun(draft.now)));
    draft.emit(
        new Action.RunScript(
            hook,
            script.name(),
            script.attempts() + 1,
            script.checkStatus(),
            endBy,
            draft.settings.dryRun() == DryRun.CALL));
  }

  // drain-scripts.md 1.3: native scripts, then the BOSH tree, then SlipStream; a failure that
  // blocks ends the row.
  private static boolean isBlocked(HookDraft draft, Hook hook, ScriptRun script) {
    return draft.settings.hooks().onFailureOf(hook) == OnFailure.STOP
        && draft.hook(hook).map(run -> run.hasFailedBefore(script.contract())).orElse(false);
  }
}
