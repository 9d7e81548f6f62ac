package io.drainwatch.drainer.bosh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How BOSH mode works here; keys {@code bosh.*}.
 *
 * @param enabled whether there is BOSH mode at all
 * @param base the tree: {@code <base>/jobs/<job>/bin/<script>}, logs in {@code
 *     <base>/sys/log/<job>}
 * @param jobs the jobs whose scripts run; empty: every directory
 * @param skipDrain jobs whose pre-stop and drain are left out; {@code *} is every job
 * @param checks off leaves out owner and modes, nothing else of the safety checks
 * @param maxSleep the longest wait a drain may ask for; more is a failure
 * @param drainVariables whether the scripts get {@code DRAIN_*} too
 * @param stop commands that stop the processes, run in this order between drain and post-stop; each
 *     is a list of words, of which the first is an absolute path
 * @param start commands between pre-start and post-start
 * @param commandLimit how long all commands of one list may take together
 */
public record BoshSettings(
    boolean enabled,
    Path base,
    List<String> jobs,
    List<String> skipDrain,
    boolean checks,
    ExitCodeRule exitCode,
    Duration maxSleep,
    boolean drainVariables,
    List<List<String>> stop,
    List<List<String>> start,
    Duration commandLimit) {

  public static final Path DEFAULT_BASE = Path.of("/var/vcap");
  public static final Duration DEFAULT_MAX_SLEEP = Duration.ofSeconds(86_400);
  public static final Duration DEFAULT_COMMAND_LIMIT = Duration.ofMinutes(5);

  /** In {@link #skipDrain}: all of them. */
  public static final String EVERY_JOB = "*";

  public BoshSettings {
    if (!base.isAbsolute()) {
      throw new IllegalArgumentException("bosh.base must be absolute: " + base);
    }
    if (maxSleep.isNegative()) {
      throw new IllegalArgumentException("bosh.max-sleep must not be negative: " + maxSleep);
    }
    if (!commandLimit.isPositive()) {
      throw new IllegalArgumentException("the commands of BOSH mode need time: " + commandLimit);
    }
    jobs = List.copyOf(jobs);
    skipDrain = List.copyOf(skipDrain);
    stop = stop.stream().map(BoshSettings::command).toList();
    start = start.stream().map(BoshSettings::command).toList();
    jobs.forEach(BoshSettings::checkJob);
    skipDrain.stream().filter(job -> !job.equals(EVERY_JOB)).forEach(BoshSettings::checkJob);
  }

  /** BOSH mode is off. */
  public static BoshSettings off() {
    return new BoshSettings(
        false,
        DEFAULT_BASE,
        List.of(),
        List.of(),
        true,
        ExitCodeRule.STRICT,
        DEFAULT_MAX_SLEEP,
        true,
        List.of(),
        List.of(),
        DEFAULT_COMMAND_LIMIT);
  }

  /** BOSH mode over that tree, everything else by default. */
  public static BoshSettings over(Path base) {
    BoshSettings off = off();
    return new BoshSettings(
        true,
        base,
        off.jobs,
        off.skipDrain,
        off.checks,
        off.exitCode,
        off.maxSleep,
        off.drainVariables,
        off.stop,
        off.start,
        off.commandLimit);
  }

  /** Whether pre-stop and drain of that job are left out. */
  public boolean skips(BoshScript script, String job) {
    return script.isSkippedWithDrain()
        && (skipDrain.contains(job) || skipDrain.contains(EVERY_JOB));
  }

  /** A name that would lead out of the tree, or forge a line of the log, is no job. */
  static boolean isJobName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/');
  }

  private static void checkJob(String job) {
    if (!isJobName(job)) {
      throw new IllegalArgumentException("not a job's name: '" + ScriptText.shown(job) + "'");
    }
  }

  private static List<String> command(List<String> words) {
    if (words.isEmpty() || !words.getFirst().startsWith("/")) {
      throw new IllegalArgumentException(
          "a command of BOSH mode must begin with an absolute path: " + words);
    }
    if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a command of BOSH mode has a NUL: " + words.getFirst());
    }
    return List.copyOf(words);
  }
}
