package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.ScriptOutcome;

/** What one call of a script comes to (drain-scripts.md 1.4). */
public sealed interface Judged {
  /** Called again until 0, another code or the time-out. */
  int NOT_FINISHED = 75;

  String text();

  record Done() implements Judged {
    @Override
    public String text() {
      return "done";
    }
  }

  record NotFinished() implements Judged {
    @Override
    public String text() {
      return "not finished, called again";
    }
  }

  record Failed(String why) implements Judged {
    @Override
    public String text() {
      return "failed: " + why;
    }
  }

  /** Pure; an end is ours and means that the time was up. */
  static Judged of(ScriptOutcome outcome) {
    return switch (outcome) {
      case ScriptOutcome.Exited(int code) when code == 0 -> new Done();
      case ScriptOutcome.Exited(int code) when code == NOT_FINISHED -> new NotFinished();
      case ScriptOutcome.Exited(int code) -> new Failed("exit code " + code);
      case ScriptOutcome.Ended(boolean gone) ->
          new Failed("its time was up" + (gone ? "" : ", unkillable"));
      case ScriptOutcome.NotStarted(String why) -> new Failed("not started: " + why);
    };
  }
}
