package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.watcher.byhand.Call;
import io.drainwatch.watcher.byhand.Judged;
import io.drainwatch.watcher.byhand.Listener;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Prints calls of scripts as they go on; or gathers them, to be printed as JSON at the end. Called
 * from several threads.
 */
final class CallPrinter implements Listener {
  private static final int LONGEST_VALUE = 200;

  private final PrintStream out;
  private final boolean json;
  private final boolean withVariables;
  private final ArrayNode gathered = JsonNodeFactory.instance.arrayNode();

  CallPrinter(PrintStream out, boolean json, boolean withVariables) {
    this.out = out;
    this.json = json;
    this.withVariables = withVariables;
  }

  @Override
  public synchronized void refused(Hook hook, HookEntry entry) {
    if (json) {
      gathered
          .addObject()
          .put("hook", hook.word())
          .put("script", entry.name())
          .put("path", entry.path().toString())
          .put("judged", "failed")
          .put("text", entry.verdict().text());
    } else {
      say(hook.word() + "/" + entry.name());
      say("  failed: " + entry.verdict().text());
    }
  }

  @Override
  public synchronized void begins(Call call) {
    if (json) {
      return;
    }
    say(
        call.hook().word()
            + "/"
            + call.script()
            + (call.attempt() > 1 ? ", call " + call.attempt() : ""));
    if (withVariables) {
      say("  arguments: " + String.join(" ", call.arguments()));
      call.variables().forEach((name, value) -> say("  " + name + "=" + shortened(value)));
    }
  }

  @Override
  public synchronized void printed(Call call, Call.OutputLine line) {
    if (!json) {
      say("  " + line.stream() + ": " + line.text());
    }
  }

  @Override
  public synchronized void ended(Call.Answer answer) {
    if (json) {
      gathered.add(json(answer));
    } else {
      say(
          "  "
              + answered(answer.outcome())
              + " after "
              + HistoryTable.duration(answer.lasted())
              + ": "
              + answer.judged().text());
    }
  }

  /** Everything so far, for the end. */
  synchronized ArrayNode gathered() {
    return gathered.deepCopy();
  }

  private void say(String text) {
    out.println(Lines.plain(text));
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_VALUE
        ? value
        : value.substring(0, LONGEST_VALUE)
            + "... ("
            + value.getBytes(StandardCharsets.UTF_8).length
            + " bytes)";
  }

  private static String answered(ScriptOutcome outcome) {
    return switch (outcome) {
      case ScriptOutcome.Exited(int code) -> "exit code " + code;
      case ScriptOutcome.StaticDrain(Duration pause) -> "wait " + pause.toSeconds() + " s";
      case ScriptOutcome.DynamicDrain(Duration pause) ->
          "call again in " + pause.toSeconds() + " s";
      case ScriptOutcome.Unacceptable(String why) -> why;
      case ScriptOutcome.Tolerated(int code) -> "exit code " + code + ", ignored";
      case ScriptOutcome.Ended(boolean gone) -> "ended";
      case ScriptOutcome.NotStarted(String why) -> "not started";
    };
  }

  private static ObjectNode json(Call.Answer answer) {
    Call call = answer.call();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("hook", call.hook().word())
            .put("script", call.script())
            .put("path", call.path().toString())
            .put("attempt", call.attempt());
    ArrayNode arguments = node.putArray("arguments");
    call.arguments().forEach(arguments::add);
    ObjectNode variables = node.putObject("variables");
    call.variables().forEach(variables::put);
    if (answer.outcome() instanceof ScriptOutcome.Exited(int code)) {
      node.put("exitCode", code);
    }
    node.put("milliseconds", answer.lasted().toMillis());
    node.put("judged", word(answer.judged())).put("text", answer.judged().text());
    ArrayNode output = node.putArray("output");
    answer
        .output()
        .forEach(line -> output.addObject().put("stream", line.stream()).put("text", line.text()));
    return node;
  }

  private static String word(Judged judged) {
    return switch (judged) {
      case Judged.Done done -> "done";
      case Judged.DoneAfter after -> "done";
      case Judged.NotFinished again -> "not-finished";
      case Judged.AgainAfter after -> "not-finished";
      case Judged.Failed failed -> "failed";
    };
  }
}
