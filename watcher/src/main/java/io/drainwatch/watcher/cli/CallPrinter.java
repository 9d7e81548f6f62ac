package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.watcher.byhand.Call;
import io.drainwatch.watcher.byhand.Judged;
import io.drainwatch.watcher.byhand.Listener;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
  private Optional<Call> shown = Optional.empty();

  CallPrinter(PrintStream out, boolean json, boolean withVariables) {
    this.out = out;
    this.json = json;
    this.withVariables = withVariables;
  }

  @Override
  public synchronized void notCalled(Hook hook, String script, Path path, String why) {
    if (json) {
      gathered
          .addObject()
          .put("hook", hook.word())
          .put("script", script)
          .put("path", path.toString())
          .put("judged", "failed")
          .put("text", why);
    } else {
      shown = Optional.empty();
      say(hook.word() + "/" + script);
      say("  failed: " + why);
    }
  }

  @Override
  public synchronized void begins(Call call) {
    if (json) {
      return;
    }
    head(call);
    if (withVariables) {
      say(
          "  arguments: "
              + (call.arguments().isEmpty() ? "none" : String.join(" ", call.arguments())));
      call.variables().forEach((name, value) -> say("  " + name + "=" + shortened(value)));
    }
  }

  @Override
  public synchronized void printed(Call call, Call.OutputLine line) {
    if (!json) {
      goesOn(call);
      say("  " + line.stream() + ": " + line.text());
    }
  }

  @Override
  public synchronized void ended(Call.Answer answer) {
    if (json) {
      gathered.add(json(answer));
    } else {
      goesOn(answer.call());
      say(
          "  "
              + answered(answer.outcome())
              + " after "
              + HistoryTable.duration(answer.lasted())
              + ": "
              + answer.judged().text());
    }
  }

  @Override
  public synchronized void waits(Call call, Duration asked, Duration here) {
    if (!json) {
      goesOn(call);
      say(
          "  waits "
              + asked.toSeconds()
              + " s"
              + (here.compareTo(asked) < 0 ? ", of which " + here.toSeconds() + " s here" : ""));
    }
  }

  @Override
  public synchronized void failedLater(Call call, String why) {
    if (json) {
      gathered
          .addObject()
          .put("hook", call.hook().word())
          .put("script", call.script())
          .put("path", call.path().toString())
          .put("judged", "failed")
          .put("text", why);
    } else {
      goesOn(call);
      say("  failed after all: " + why);
    }
  }

  private void head(Call call) {
    say(
        call.hook().word()
            + "/"
            + call.script()
            + (call.attempt() > 1 ? ", call " + call.attempt() : ""));
    shown = Optional.of(call);
  }

  /** Scripts that run at the same time take turns here: each line must be known by its script. */
  private void goesOn(Call call) {
    if (shown.filter(call::equals).isEmpty()) {
      head(call);
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

  private ObjectNode json(Call.Answer answer) {
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
    if (withVariables) {
      ObjectNode environment = node.putObject("environment");
      call.environment().forEach(environment::put);
    }
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
