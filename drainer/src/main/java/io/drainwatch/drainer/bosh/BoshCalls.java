package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.scripts.EndOfCall;
import io.drainwatch.drainer.scripts.OutputFiles;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.StandardInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of BOSH mode, as data for a {@link io.drainwatch.drainer.scripts.ScriptRunner}. */
public final class BoshCalls {

  private final Path logs;
  private final Path workDirectory;

  /**
   * @param base {@code bosh.base}; logs go to {@code <base>/sys/log}
   * @param workDirectory the scripts' current directory, by default {@code
   *     /var/lib/drainwatch/work}
   */
  public BoshCalls(Path base, Path workDirectory) {
    this.logs = base.toAbsolutePath().resolve("sys").resolve("log");
    this.workDirectory = workDirectory.toAbsolutePath();
  }

  /**
   * One call of a drain (drain-scripts.md 3.3). It is over when nothing of its process group is
   * left.
   *
   * @param context the {@code DRAIN_*} variables; empty when {@code bosh.drain-variables} is off
   * @throws IllegalArgumentException when the parameters have a {@link DrainParameters#problem}
   */
  public ScriptCall drain(
      Path script, DrainParameters parameters, Map<String, String> context, AnswerOutput output) {
    return new ScriptCall(
        script.toAbsolutePath(),
        parameters.arguments(),
        StandardInput.nothing(),
        BoshEnvironment.ofDrain(parameters, context),
        workDirectory,
        output,
        EndOfCall.GROUP_EMPTY,
        Optional.empty(),
        BoshScript.DRAIN.niceness());
  }

  /**
   * A call of one of the other four (drain-scripts.md 3.4): it writes to files of its own and is
   * over when the script exits.
   *
   * @param context the {@code DRAIN_*} variables; empty when {@code bosh.drain-variables} is off
   * @param output hears of pid and exit only
   */
  public ScriptCall other(
      BoshScript kind,
      String job,
      Path script,
      NextStates next,
      Map<String, String> context,
      ScriptOutput output) {
    if (kind == BoshScript.DRAIN) {
      throw new IllegalArgumentException("a drain answers on stdout: it is called by drain()");
    }
    return new ScriptCall(
        script.toAbsolutePath(),
        List.of(),
        StandardInput.nothing(),
        BoshEnvironment.of(kind, next, context),
        workDirectory,
        output,
        EndOfCall.SCRIPT_EXITED,
        Optional.of(files(kind, job)),
        kind.niceness());
  }

  /** A command of {@code bosh.stop} or {@code bosh.start}. */
  public ScriptCall command(List<String> words, Map<String, String> context, ScriptOutput output) {
    return new ScriptCall(
        Path.of(words.getFirst()),
        words.subList(1, words.size()),
        StandardInput.nothing(),
        BoshEnvironment.ofCommand(context),
        workDirectory,
        output,
        EndOfCall.SCRIPT_EXITED);
  }

  /** Where a script of the other four writes to. */
  public OutputFiles files(BoshScript kind, String job) {
    Path directory = logs.resolve(job);
    return new OutputFiles(
        directory.resolve(kind.word() + ".stdout.log"),
        directory.resolve(kind.word() + ".stderr.log"));
  }
}
