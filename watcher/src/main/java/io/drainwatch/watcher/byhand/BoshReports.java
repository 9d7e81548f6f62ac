package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.bosh.BoshCalls;
import io.drainwatch.drainer.bosh.BoshScript;
import io.drainwatch.drainer.bosh.DrainAnswer;
import io.drainwatch.drainer.bosh.JobResult;
import io.drainwatch.drainer.bosh.ScriptReport;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * From what a BOSH run tells of its scripts in one hook to what is printed. Called by several
 * threads, for several jobs at a time; of one job, one report follows another.
 */
final class BoshReports implements Consumer<ScriptReport> {
  private static final String PREFIX = "bosh/";

  /** How far a job is. */
  private static final class Progress {
    private Transcript transcript;
    private @Nullable Call call;
    private @Nullable LogTail log;
    private Instant begun = Instant.EPOCH;
    private Duration lasted = Duration.ZERO;
    private ScriptOutcome outcome = new ScriptOutcome.NotStarted("");
    private boolean judged;
    private boolean failed;

    Progress(Transcript transcript) {
      this.transcript = transcript;
    }
  }

  private final Hook hook;
  private final Path base;
  private final BoshCalls calls;
  private final InstantSource clock;
  private final Listener listener;
  private final UnaryOperator<Duration> waits;
  private final ToIntFunction<String> callsSoFar;
  private final Map<String, Progress> jobs = new HashMap<>();

  /**
   * @param waits how long a wait really lasts
   * @param callsSoFar of a script, by its name
   */
  BoshReports(
      Hook hook,
      Path base,
      BoshCalls calls,
      InstantSource clock,
      Listener listener,
      UnaryOperator<Duration> waits,
      ToIntFunction<String> callsSoFar) {
    this.hook = hook;
    this.base = base;
    this.calls = calls;
    this.clock = clock;
    this.listener = listener;
    this.waits = waits;
    this.callsSoFar = callsSoFar;
  }

  /**
   * As the daemon's record calls the script; a command between the scripts has a path for a job.
   */
  static String nameOf(Hook hook, String job) {
    if (isCommand(job)) {
      return (hook == Hook.DRAIN ? "bosh.stop" : "bosh.start") + ": " + job;
    }
    return PREFIX + job;
  }

  /** In the names of files. */
  static String fileOf(Hook hook, String job) {
    return isCommand(job) ? (hook == Hook.DRAIN ? "bosh.stop" : "bosh.start") : "bosh." + job;
  }

  private static boolean isCommand(String job) {
    return job.startsWith("/");
  }

  /** For the next call of that job. */
  synchronized ScriptOutput output(String job) {
    Transcript transcript = new Transcript(listener);
    of(job).transcript = transcript;
    return transcript.output();
  }

  @Override
  public synchronized void accept(ScriptReport report) {
    switch (report) {
      case ScriptReport.Skipped ignored -> {} // no news: told with the list of scripts
      case ScriptReport.Called called -> begins(called, of(called.job()));
      case ScriptReport.Answered answered -> answered(answered, of(answered.job()));
      case ScriptReport.Judged judged -> judged(judged.answer(), of(judged.job()));
      case ScriptReport.Waits(String job, Duration time) -> waits(time, of(job));
      case ScriptReport.Over(String job, JobResult result) -> over(job, result, of(job));
    }
  }

  private void begins(ScriptReport.Called called, Progress job) {
    String name = nameOf(hook, called.job());
    Call call =
        Call.of(
            hook,
            name,
            called.script(),
            callsSoFar.applyAsInt(name) + called.call(),
            called.arguments(),
            called.variables(),
            called.environment());
    job.call = call;
    job.begun = clock.instant();
    job.judged = false;
    job.log = null;
    if (!isCommand(called.job())) {
      BoshScript.of(hook)
          .filter(kind -> kind != BoshScript.DRAIN)
          .ifPresent(kind -> job.log = LogTail.from(calls.files(kind, called.job())));
    }
    job.transcript.begins(call);
  }

  private void answered(ScriptReport.Answered answered, Progress job) {
    job.outcome = answered.outcome();
    job.lasted = Duration.between(job.begun, clock.instant());
    if (job.log != null) {
      // hears nothing of the script itself, whose output goes to the files
      job.log.copyTo(job.transcript.output());
    }
  }

  private void judged(DrainAnswer answer, Progress job) {
    ended(
        job,
        switch (answer) {
          case DrainAnswer.Done(Duration pause) when pause.isZero() -> new Judged.Done();
          case DrainAnswer.Done(Duration pause) -> new Judged.DoneAfter(pause);
          case DrainAnswer.Again(Duration pause) -> new Judged.AgainAfter(pause);
          case DrainAnswer.Failed(String why) -> new Judged.Failed(why);
        });
  }

  private void ended(Progress job, Judged judged) {
    if (job.call == null) {
      return;
    }
    job.judged = true;
    job.failed = judged instanceof Judged.Failed;
    listener.ended(
        new Call.Answer(job.call, job.outcome, judged, job.lasted, job.transcript.lines()));
  }

  private void waits(Duration time, Progress job) {
    if (job.call != null && time.isPositive()) {
      listener.waits(job.call, time, waits.apply(time));
    }
  }

  private void over(String name, JobResult result, Progress job) {
    switch (result) {
      case JobResult.Successful() -> {
        if (!job.judged) {
          ended(job, new Judged.Done());
        }
      }
      case JobResult.Failed(String why) -> failed(name, why, job);
    }
    jobs.remove(name);
  }

  private void failed(String name, String why, Progress job) {
    if (job.call == null) {
      listener.notCalled(hook, nameOf(hook, name), pathOf(name), why);
    } else if (!job.judged) {
      ended(job, new Judged.Failed(why));
    } else if (!job.failed) {
      listener.failedLater(job.call, why);
    }
  }

  private Path pathOf(String job) {
    return isCommand(job)
        ? Path.of(job)
        : base.resolve("jobs").resolve(job).resolve("bin").resolve(hook.word());
  }

  private Progress of(String job) {
    return jobs.computeIfAbsent(job, unused -> new Progress(new Transcript(listener)));
  }
}
