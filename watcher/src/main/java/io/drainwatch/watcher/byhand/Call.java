package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One call of one script, before and after.
 *
 * @param script as the daemon's record calls it
 * @param arguments {@code $1} and what follows
 * @param variables those of the call, beside what is inherited
 * @param environment all variables that the script gets
 */
public record Call(
    Hook hook,
    String script,
    Path path,
    int attempt,
    List<String> arguments,
    SortedMap<String, String> variables,
    SortedMap<String, String> environment) {

  public Call {
    arguments = List.copyOf(arguments);
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  static Call of(Hook hook, String script, int attempt, ScriptCall call, ScriptRunner runner) {
    return of(
        hook,
        script,
        call.script(),
        attempt,
        call.arguments(),
        call.variables(),
        runner.environmentOf(call));
  }

  static Call of(
      Hook hook,
      String script,
      Path path,
      int attempt,
      List<String> arguments,
      Map<String, String> variables,
      Map<String, String> environment) {
    return new Call(
        hook,
        script,
        path,
        attempt,
        arguments,
        new TreeMap<>(variables),
        new TreeMap<>(environment));
  }

  /**
   * How it went.
   *
   * @param output what it printed, cleaned and bounded, in the order it came
   */
  public record Answer(
      Call call, ScriptOutcome outcome, Judged judged, Duration lasted, List<OutputLine> output) {
    public Answer {
      output = List.copyOf(output);
    }
  }

  /**
   * @param stream stdout or stderr
   */
  public record OutputLine(String stream, String text) {}
}
