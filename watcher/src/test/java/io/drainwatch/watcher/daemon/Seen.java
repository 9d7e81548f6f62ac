package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.events.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * All that a daemon did, one line each in the order it happened, and a way to wait for more:
 *
 * <pre>
 * state Draining
 * start drain/10-a #1
 * said drain/10-a: hello
 * end drain/10-a #1: 0
 * notify DRAIN_FAILED failed: drain/10-a
 * ack EVENT-1 #1: accepted
 * summary RETURNED, drain COMPLETE
 * over
 * </pre>
 */
final class Seen implements Witness {
  /** Machines that run tests are busy; nothing here is about speed. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For conditions that nothing here tells of. */
  private static final long LOOK = 20;

  private final List<String> lines = new ArrayList<>();
  private final List<Summary> summaries = new ArrayList<>();
  private final List<Invariants.Violation> violations = new ArrayList<>();
  private int polls;
  private int steps;
  private int ticks;
  private int clockSteps;

  @Override
  public synchronized void stepped(Step step) {
    steps++;
    ticks += step.observation() instanceof Observation.Tick ? 1 : 0;
    clockSteps += step.observation() instanceof Observation.ClockStepped ? 1 : 0;
    violations.addAll(step.violations());
    step.transition().actions().forEach(this::tell);
    if (step.before().episode().isPresent() && step.transition().watch().episode().isEmpty()) {
      add("over");
    }
    notifyAll();
  }

  private void tell(Action action) {
    switch (action) {
      case Action.Enter(MaintenanceState state) -> add("state " + state.word());
      case Action.Notify(Reason reason, String detail) ->
          add("notify " + reason.name() + " " + detail);
      case Action.EndScript end ->
          add("ending " + end.hook().word() + "/" + end.script() + ": " + end.why());
      case Action.WouldRun(Hook hook, String script) ->
          add("would run " + hook.word() + "/" + script);
      case Action.Summarize(Summary summary) -> {
        summaries.add(summary);
        add("summary " + summary.ending() + ", drain " + summary.drain());
      }
      default -> {}
    }
  }

  @Override
  public synchronized void polled(Poll poll) {
    polls++;
    notifyAll();
  }

  @Override
  public synchronized void scriptStarted(String episode, Hook hook, String script, int attempt) {
    add("start " + hook.word() + "/" + script + " #" + attempt);
  }

  @Override
  public synchronized void scriptSaid(Hook hook, String script, String line) {
    add("said " + hook.word() + "/" + script + ": " + line);
  }

  @Override
  public synchronized void scriptEnded(ScriptCalled call) {
    String outcome =
        switch (call.outcome()) {
          case ScriptOutcome.Exited(int code) -> Integer.toString(code);
          case ScriptOutcome.StaticDrain(Duration pause) -> "static " + pause.toSeconds();
          case ScriptOutcome.DynamicDrain(Duration pause) -> "dynamic " + pause.toSeconds();
          case ScriptOutcome.Unacceptable(String why) -> why;
          case ScriptOutcome.Tolerated(int code) -> "tolerated " + code;
          case ScriptOutcome.Ended(boolean gone) -> gone ? "ended" : "unkillable";
          case ScriptOutcome.NotStarted(String why) -> "not started, " + why;
        };
    add("end " + call.hook().word() + "/" + call.script() + " #" + call.attempt() + ": " + outcome);
  }

  @Override
  public synchronized void acknowledged(String eventId, int attempt, AcknowledgeAnswer answer) {
    String word =
        switch (answer) {
          case AcknowledgeAnswer.Accepted() -> "accepted";
          case AcknowledgeAnswer.Refused refused -> "refused";
          case AcknowledgeAnswer.Unclear unclear -> "unclear";
        };
    add("ack " + eventId + " #" + attempt + ": " + word);
  }

  private void add(String line) {
    lines.add(line);
    notifyAll();
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized List<String> lines(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).toList();
  }

  /** The output of one script. */
  List<String> said(Hook hook, String script) {
    String beginning = "said " + hook.word() + "/" + script + ": ";
    return lines(beginning).stream().map(line -> line.substring(beginning.length())).toList();
  }

  synchronized List<Summary> summaries() {
    return List.copyOf(summaries);
  }

  synchronized List<Invariants.Violation> violations() {
    return List.copyOf(violations);
  }

  synchronized int polls() {
    return polls;
  }

  synchronized int steps() {
    return steps;
  }

  synchronized int ticks() {
    return ticks;
  }

  synchronized int clockSteps() {
    return clockSteps;
  }

  /** Waits until there is a line that begins so. */
  void await(String beginning) {
    await(beginning, 1);
  }

  void await(String beginning, int times) {
    awaitThat(
        times + " of '" + beginning + "'",
        () -> lines.stream().filter(line -> line.startsWith(beginning)).count() >= times);
  }

  void await(Predicate<List<String>> wanted) {
    awaitThat("what is wanted", () -> wanted.test(List.copyOf(lines)));
  }

  /** Waits for so many polls from now on. */
  void awaitPolls(int more) {
    int wanted = polls() + more;
    awaitThat(more + " more polls", () -> polls >= wanted);
  }

  void awaitThat(String what, BooleanSupplier wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (this) {
      while (!wanted.getAsBoolean()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              "waited in vain for " + what + "; seen:\n  " + String.join("\n  ", lines));
        }
        try {
          wait(Math.min(left, LOOK));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while waiting for " + what, e);
        }
      }
    }
  }
}
