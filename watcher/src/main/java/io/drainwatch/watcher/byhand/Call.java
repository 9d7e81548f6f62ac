package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One call of one script, before and after.
 *
 * @param arguments {@code $1} and what follows
 * @param variables those of the call, beside what is inherited
 */
public record Call(
    Hook hook,
    String script,
    Path path,
    int attempt,
    List<String> arguments,
    SortedMap<String, String> variables) {

  public Call {
    arguments = List.copyOf(arguments);
    variables = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(variables));
  }

  static Call of(
      Hook hook,
      String script,
      Path path,
      int attempt,
      List<String> arguments,
      Map<String, String> variables) {
    return new Call(hook, script, path, attempt, arguments, new TreeMap<>(variables));
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
