package io.drainwatch.watcher.rehearsal;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.rehearsal.TimelineEntry.Kind;
import io.drainwatch.watcher.simulator.platform.SimulatedChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes what daemon and platform do onto the timeline, and notices the end. Locked as a whole: the
 * folding thread, scripts and the simulator all call it.
 */
final class Recorder implements Witness {
  private static final int NOT_FINISHED = 75;

  private final Timeline timeline;
  private final InstantSource clock;
  private final Instant begin;
  private final CountDownLatch over = new CountDownLatch(1);
  private Optional<Instant> deadline = Optional.empty();
  private Optional<Summary> summary = Optional.empty();
  private Optional<Instant> acknowledgedAt = Optional.empty();
  private String state = "in service";
  private boolean inService = true;

  Recorder(Timeline timeline, InstantSource clock) {
    this.timeline = timeline;
    this.clock = clock;
    begin = clock.instant();
  }

  @Override
  public synchronized void stepped(Step step) {
    Optional<Episode> episode = step.transition().watch().episode();
    deadline = episode.filter(each -> each.drain().isOpen()).flatMap(Episode::deadline);
    step.transition().actions().forEach(this::tell);
    inService = episode.isEmpty();
    if (summary.isPresent() && episode.isEmpty()) {
      state = "in service";
      over.countDown();
    }
  }

  private void tell(Action action) {
    switch (action) {
      case Action.Enter(MaintenanceState entered) -> {
        state = entered.word();
        add(Kind.STATE, entered.word());
      }
      case Action.Notify(Reason reason, String detail) -> {
        if (reason.isWarning()) {
          add(Kind.NOTICE, reason.text() + ": " + detail);
        }
      }
      case Action.Summarize(Summary ended) -> summary = summary.or(() -> Optional.of(ended));
      case Action.EndScript end ->
          add(Kind.HOOK, end.hook().word() + "/" + end.script() + " is ended: " + end.why());
      case Action.WouldRun(Hook hook, String script) ->
          add(Kind.HOOK, hook.word() + "/" + script + " would run");
      default -> {}
    }
  }

  @Override
  public synchronized void scriptStarted(String episode, Hook hook, String script, int attempt) {
    add(Kind.HOOK, hook.word() + "/" + script + (attempt > 1 ? ", call " + attempt : ""));
  }

  @Override
  public synchronized void scriptSaid(Hook hook, String script, String line) {
    add(Kind.OUTPUT, hook.word() + "/" + script + ": " + line);
  }

  @Override
  public synchronized void scriptEnded(ScriptCalled call) {
    add(
        Kind.HOOK,
        call.hook().word()
            + "/"
            + call.script()
            + " "
            + outcome(call.outcome())
            + " after "
            + Judgement.seconds(call.lasted()));
  }

  private static String outcome(ScriptOutcome outcome) {
    return switch (outcome) {
      case ScriptOutcome.Exited(int code) when code == 0 -> "done";
      case ScriptOutcome.Exited(int code) when code == NOT_FINISHED -> "not finished";
      case ScriptOutcome.Exited(int code) -> "failed with exit code " + code;
      case ScriptOutcome.StaticDrain(Duration pause) when pause.isZero() -> "done";
      case ScriptOutcome.StaticDrain(Duration pause) -> "done in " + pause.toSeconds() + " s";
      case ScriptOutcome.DynamicDrain(Duration pause) ->
          "not finished, called again in " + pause.toSeconds() + " s";
      case ScriptOutcome.Unacceptable(String why) -> "failed: " + why;
      case ScriptOutcome.Tolerated(int code) -> "done, exit code " + code + " ignored";
      case ScriptOutcome.Ended(boolean gone) -> gone ? "ended" : "cannot be killed";
      case ScriptOutcome.NotStarted(String why) -> "not started: " + why;
    };
  }

  @Override
  public synchronized void acknowledged(String eventId, int attempt, AcknowledgeAnswer answer) {
    String text =
        switch (answer) {
          case AcknowledgeAnswer.Accepted() -> {
            acknowledgedAt = acknowledgedAt.or(() -> Optional.of(clock.instant()));
            yield eventId + ": the platform may go ahead";
          }
          case AcknowledgeAnswer.Refused refused -> refused.message();
          case AcknowledgeAnswer.Unclear unclear -> unclear.message();
        };
    add(Kind.ACKNOWLEDGE, text);
  }

  synchronized void platform(SimulatedChange change) {
    add(Kind.PLATFORM, change.sentence());
  }

  private void add(Kind kind, String text) {
    timeline.add(new TimelineEntry(at(), left(), kind, text));
  }

  synchronized void tick() {
    timeline.tick(at(), left(), state);
  }

  private Duration at() {
    return Duration.between(begin, clock.instant());
  }

  private Optional<Duration> left() {
    return deadline.map(at -> Duration.between(clock.instant(), at));
  }

  /** Waits until the episode is over, or so long; the terminal is kept up to date meanwhile. */
  void awaitEnd(Duration longest) throws InterruptedException {
    Instant end = clock.instant().plus(longest);
    while (!over.await(100, TimeUnit.MILLISECONDS) && clock.instant().isBefore(end)) {
      tick();
    }
  }

  synchronized Verdict verdict() {
    return Judgement.of(summary, inService, acknowledgedAt, at());
  }
}
