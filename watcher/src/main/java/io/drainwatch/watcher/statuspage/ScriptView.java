package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.pages.Badge;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.ShownTime;
import io.drainwatch.watcher.pages.Tone;
import io.drainwatch.watcher.report.EpisodeStatus.ScriptStanding;
import io.drainwatch.watcher.report.EpisodeTrace.ScriptTrace;
import io.drainwatch.watcher.report.Happening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One script: how it stands, and the tail of what it printed.
 *
 * @param detail calls, exit code, why
 * @param running since when its call runs
 * @param output its last lines; empty: it printed nothing, or it is not to be shown
 * @param outputNote how many lines are before them
 * @param open whether the output is shown at once
 */
record ScriptView(
    String id,
    String name,
    Badge badge,
    String detail,
    Optional<Now.Counted> running,
    Optional<String> output,
    String outputNote,
    boolean open) {

  private static final int LONGEST_NAME = 120;

  static ScriptView of(String hook, ScriptStanding script, Known known) {
    Optional<ScriptTrace> trace = known.trace().of(hook, script.name());
    boolean isRunning = script.phase().equals("begun");
    boolean isFailing = script.phase().equals("failed") || isTriedAgain(script);
    Optional<String> output =
        trace
            .filter(any -> known.showsOutput())
            .map(each -> each.lines().stream().map(ShownText::of).collect(Collectors.joining("\n")))
            .filter(Predicate.not(String::isBlank));
    return new ScriptView(
        "script-" + Integer.toHexString((hook + '/' + script.name()).hashCode()),
        ShownText.of(script.name(), LONGEST_NAME),
        badge(script),
        detail(script, trace.flatMap(ScriptTrace::last).filter(any -> !isRunning)),
        script
            .begunAt()
            .filter(any -> isRunning)
            .map(
                at ->
                    new Now.Counted(
                        Moment.of(at),
                        ShownTime.seconds(Duration.between(at, known.status().at())))),
        output,
        trace
            .filter(each -> each.before() > 0)
            .map(each -> each.before() + " more lines before these, in the log")
            .orElse(""),
        isRunning || isFailing);
  }

  private static boolean isTriedAgain(ScriptStanding script) {
    return script.phase().equals("waiting") && script.reason().isPresent();
  }

  private static Badge badge(ScriptStanding script) {
    return switch (script.phase()) {
      case "begun" -> new Badge(script.ending().isPresent() ? "being ended" : "running", Tone.BUSY);
      case "succeeded" -> new Badge("done", Tone.DONE);
      case "failed" -> new Badge("failed", Tone.BAD);
      case "waiting" ->
          script.reason().isPresent()
              ? new Badge("failed, tried again", Tone.BAD)
              : new Badge("called again", Tone.BUSY);
      default -> new Badge(script.phase(), Tone.CALM);
    };
  }

  private static String detail(ScriptStanding script, Optional<Happening.ScriptEnded> last) {
    List<String> parts = new ArrayList<>();
    if (script.attempts() > 1) {
      parts.add(
          script.phase().equals("begun")
              ? "call " + script.attempts()
              : script.attempts() + " calls");
    }
    script.ending().ifPresent(parts::add);
    script.reason().ifPresent(parts::add);
    script.again().ifPresent(at -> parts.add("again at " + ShownTime.clock(at)));
    last.ifPresent(
        call -> {
          if (call.exitCode().isPresent() && script.reason().isEmpty()) {
            parts.add("exit code " + call.exitCode().getAsInt());
          }
          parts.add(
              "took " + ShownTime.duration(Duration.ofMillis(Math.round(call.seconds() * 1000))));
        });
    return ShownText.of(String.join(", ", parts));
  }
}
