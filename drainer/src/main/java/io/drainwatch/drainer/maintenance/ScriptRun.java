package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one script of one hook is, in this episode.
 *
 * @param attempts calls so far
 * @param contract whose rules its answers follow
 * @param row scripts of one row run at the same time; the next row waits for them
 * @param begunAt first call; the time-out counts from here over all calls
 * @param again when a waiting script is called next
 * @param checkStatus whether that call is a recall after exit code 75
 * @param failures failed calls in a row, for the hooks of the return
 * @param ending why we are ending it, once we are
 * @param reason why it failed
 */
public record ScriptRun(
    String name,
    Contract contract,
    int row,
    Phase phase,
    int attempts,
    Optional<Instant> begunAt,
    Optional<Instant> again,
    boolean checkStatus,
    int failures,
    Optional<String> ending,
    Optional<String> reason) {

  public ScriptRun {
    ending = ending.map(Bounded::text);
    reason = reason.map(Bounded::text);
  }

  /** Where a script stands. */
  public enum Phase {
    /** Not begun, or begun before a restart and without a result. */
    PENDING,
    BEGUN,
    /** Between two calls: a recall, or a retry of the return. */
    WAITING,
    /** A BOSH drain that is done once the time it asked for has passed; not called again. */
    SETTLING,
    SUCCEEDED,
    FAILED
  }

  static ScriptRun planned(PlannedScript script, int row) {
    return new ScriptRun(
        script.name(),
        script.contract(),
        row,
        script.refusal().isPresent() ? Phase.FAILED : Phase.PENDING,
        0,
        Optional.empty(),
        Optional.empty(),
        false,
        0,
        Optional.empty(),
        script.refusal());
  }

  public boolean isOver() {
    return phase == Phase.SUCCEEDED || phase == Phase.FAILED;
  }

  public boolean isRunning() {
    return phase == Phase.BEGUN;
  }

  ScriptRun begun(Instant now) {
    return new ScriptRun(
        name,
        contract,
        row,
        Phase.BEGUN,
        attempts + 1,
        Optional.of(begunAt.orElse(now)),
        Optional.empty(),
        checkStatus,
        failures,
        Optional.empty(),
        Optional.empty());
  }

  ScriptRun succeeded() {
    return over(Phase.SUCCEEDED, Optional.empty());
  }

  ScriptRun failed(String why) {
    return over(Phase.FAILED, Optional.of(why));
  }

  private ScriptRun over(Phase end, Optional<String> why) {
    return new ScriptRun(
        name,
        contract,
        row,
        end,
        attempts,
        begunAt,
        Optional.empty(),
        false,
        failures,
        ending,
        why);
  }

  /** Between two calls when its hook is stopped: it never comes to an answer. */
  ScriptRun cutShort(String why) {
    return phase == Phase.WAITING || phase == Phase.SETTLING ? failed(why) : this;
  }

  ScriptRun endingFor(String why) {
    return new ScriptRun(
        name,
        contract,
        row,
        phase,
        attempts,
        begunAt,
        again,
        checkStatus,
        failures,
        Optional.of(why),
        reason);
  }

  ScriptRun recalledAt(Instant at) {
    return waiting(Phase.WAITING, at);
  }

  ScriptRun settlingUntil(Instant at) {
    return waiting(Phase.SETTLING, at);
  }

  private ScriptRun waiting(Phase phase, Instant at) {
    return new ScriptRun(
        name,
        contract,
        row,
        phase,
        attempts,
        begunAt,
        Optional.of(at),
        phase == Phase.WAITING,
        failures,
        Optional.empty(),
        Optional.empty());
  }

  /** By the clock as it is since it was set: both are delays that are counted from a call. */
  ScriptRun shifted(Duration by) {
    return new ScriptRun(
        name,
        contract,
        row,
        phase,
        attempts,
        begunAt.map(at -> at.plus(by)),
        again.map(at -> at.plus(by)),
        checkStatus,
        failures,
        ending,
        reason);
  }

  /** A failed call of the return: again later, with a time-out of its own. */
  ScriptRun retriedAt(Instant at, String why) {
    return new ScriptRun(
        name,
        contract,
        row,
        Phase.WAITING,
        attempts,
        Optional.empty(),
        Optional.of(at),
        false,
        failures + 1,
        Optional.empty(),
        Optional.of(why));
  }

  /** After a restart: begun without a result is run again (drain-scripts.md 1.5). */
  ScriptRun resumed() {
    return isRunning() && ending.isPresent() ? failed(ending.get()) : resumedAnyway();
  }

  /** The same for what must succeed in the end: also run again when it was being ended. */
  ScriptRun resumedAnyway() {
    return isRunning()
        ? new ScriptRun(
            name,
            contract,
            row,
            Phase.PENDING,
            attempts,
            begunAt,
            Optional.empty(),
            false,
            failures,
            Optional.empty(),
            Optional.empty())
        : this;
  }

  ScriptRun withTimeAnew() {
    return isOver()
        ? this
        : new ScriptRun(
            name,
            contract,
            row,
            phase,
            attempts,
            Optional.empty(),
            again,
            checkStatus,
            failures,
            ending,
            reason);
  }
}
