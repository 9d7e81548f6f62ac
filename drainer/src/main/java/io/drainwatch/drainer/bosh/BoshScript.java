package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The scripts of a job in {@code <base>/jobs/<job>/bin} (drain-scripts.md 3.1). */
public enum BoshScript {
  PRE_STOP("pre-stop", Hook.PRE_STOP),
  DRAIN("drain", Hook.DRAIN),
  POST_STOP("post-stop", Hook.POST_STOP),
  PRE_START("pre-start", Hook.PRE_START),
  POST_START("post-start", Hook.POST_START);

  private final String word;
  private final Hook hook;

  BoshScript(String word, Hook hook) {
    this.word = word;
    this.hook = hook;
  }

  /** The file's name, and the kind of script in summaries. */
  public String word() {
    return word;
  }

  /** With which hook it runs: after the native scripts of it. */
  public Hook hook() {
    return hook;
  }

  /** The script that runs with that hook, if any does. */
  public static Optional<BoshScript> of(Hook hook) {
    return Arrays.stream(values()).filter(script -> script.hook == hook).findFirst();
  }

  /** Whether {@code bosh.skip-drain} leaves it out (B39). */
  public boolean isSkippedWithDrain() {
    return switch (this) {
      case PRE_STOP, DRAIN -> true;
      case POST_STOP, PRE_START, POST_START -> false;
    };
  }

  /** How much nicer than the daemon it runs, as in BOSH (drain-scripts.md 3.4). */
  public int niceness() {
    return switch (this) {
      case DRAIN -> 0;
      case PRE_STOP, POST_STOP, PRE_START, POST_START -> 5;
    };
  }

  /** {@code 1 of 2 drain scripts failed. Failed Jobs: a. Successful Jobs: b.} */
  public String summary(List<String> failedJobs, List<String> successfulJobs) {
    return new ScriptSummary(word, "Jobs", failedJobs, successfulJobs).sentence();
  }
}
