package io.drainwatch.watcher.operator;

import io.drainwatch.watcher.report.EpisodeStatus;

/** How a script stands, in a few words. */
public final class StandingText {
  private StandingText() {}

  public static String of(EpisodeStatus.ScriptStanding script) {
    String calls = script.attempts() > 1 ? ", call " + script.attempts() : "";
    return switch (script.phase()) {
      case "succeeded" ->
          "done" + (script.attempts() > 1 ? " after " + script.attempts() + " calls" : "");
      case "begun" ->
          "running" + calls + script.ending().map(why -> ", being ended: " + why).orElse("");
      case "waiting" ->
          script
                  .reason()
                  .map(why -> "failed: " + why + "; tried again")
                  .orElse("not finished; called again")
              + calls;
      case "failed" -> "failed" + script.reason().map(why -> ": " + why).orElse("");
      default -> script.phase();
    };
  }
}
