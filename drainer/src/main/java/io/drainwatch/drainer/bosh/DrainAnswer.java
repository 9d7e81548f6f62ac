package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a drain script said, judged (drain-scripts.md 3.3, 4 and 5; 3.5). */
public sealed interface DrainAnswer {

  /** The job is drained once that time has passed (static draining). */
  record Done(Duration pause) implements DrainAnswer {
    public Done {
      if (pause.isNegative()) {
        throw new IllegalArgumentException("nobody waits " + pause);
      }
    }
  }

  /**
   * To be asked again, with the status parameters, once that time has passed (dynamic draining).
   */
  record Again(Duration pause) implements DrainAnswer {
    public Again {
      if (!pause.isPositive()) {
        throw new IllegalArgumentException("to ask again at once would be to ask for ever");
      }
    }
  }

  /** It failed; the text is for people. */
  record Failed(String why) implements DrainAnswer {}

  /** What BOSH itself says; every failure to answer begins so. */
  String NO_INTEGER = "Script did not return a signed integer";

  Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  /**
   * Of a call that is over, however that came.
   *
   * @param stdout all that was printed, or why it does not count
   * @param longest {@code bosh.max-sleep}
   */
  static DrainAnswer of(
      ProcessOutcome outcome, AnswerOutput.Printed stdout, ExitCodeRule rule, Duration longest) {
    return switch (outcome) {
      case ScriptOutcome.Exited(int code) -> of(code, stdout, rule, longest);
      case ScriptOutcome.Ended(boolean gone) ->
          new Failed(gone ? "ended before it was done" : "cannot be ended, even by SIGKILL");
      case ScriptOutcome.NotStarted(String why) -> new Failed(why);
    };
  }

  /**
   * Of a script that exited by itself.
   *
   * @param code killed by signal n is 128 + n
   */
  static DrainAnswer of(
      int code, AnswerOutput.Printed stdout, ExitCodeRule rule, Duration longest) {
    boolean counts =
        switch (rule) {
          case STRICT -> code == 0;
          case AGENT -> true;
        };
    if (!counts) {
      return new Failed(exit(code));
    }
    DrainAnswer answer =
        switch (stdout) {
          case AnswerOutput.Printed.All(String text) -> read(text, longest);
          case AnswerOutput.Printed.TooMuch(int limit) ->
              new Failed(NO_INTEGER + ": it printed more than " + limit + " bytes");
        };
    return answer instanceof Failed(String why) && code != 0
        ? new Failed(why + "; " + exit(code))
        : answer;
  }

  private static DrainAnswer read(String text, Duration longest) {
    String trimmed = ScriptText.trimmed(text);
    if (!INTEGER.matcher(trimmed).matches()) { // parseLong takes other scripts' digits too
      return new Failed(
          NO_INTEGER
              + (trimmed.isEmpty()
                  ? ": it printed nothing"
                  : ": it printed '" + ScriptText.shown(trimmed) + "'"));
    }
    long seconds;
    try {
      seconds = Long.parseLong(trimmed);
    } catch (NumberFormatException _) { // more than 64 bit
      return new Failed(
          NO_INTEGER + ": '" + ScriptText.shown(trimmed) + "' is out of range (64 bit)");
    }
    // no abs: that of Long.MIN_VALUE is negative (E07)
    if (seconds > longest.toSeconds() || seconds < -longest.toSeconds()) {
      return new Failed(
          "asked to wait %d s, which is above bosh.max-sleep (%d s)"
              .formatted(seconds, longest.toSeconds()));
    }
    return seconds < 0
        ? new Again(Duration.ofSeconds(-seconds))
        : new Done(Duration.ofSeconds(seconds));
  }

  /** How a process ended, for a message. */
  static String exit(int code) {
    return code > 128 && code <= 128 + 64
        ? "exited with code %d (as if killed by signal %d)".formatted(code, code - 128)
        : "exited with code " + code;
  }
}
