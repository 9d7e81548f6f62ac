package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import java.time.Duration;

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

  /** A static BOSH drain: done when this time has passed. */
  record DoneAfter(Duration pause) implements Judged {
    @Override
    public String text() {
      return "done after " + pause.toSeconds() + " s";
    }
  }

  /** A dynamic BOSH drain. */
  record AgainAfter(Duration pause) implements Judged {
    @Override
    public String text() {
      return "not finished, called again after " + pause.toSeconds() + " s";
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
      case ScriptOutcome.StaticDrain(Duration pause) -> new DoneAfter(pause);
      case ScriptOutcome.DynamicDrain(Duration pause) -> new AgainAfter(pause);
      case ScriptOutcome.Unacceptable(String why) -> new Failed(why);
      case ScriptOutcome.Tolerated(int code) -> new Done();
      case ScriptOutcome.Ended(boolean gone) ->
          new Failed("its time was up" + (gone ? "" : ", unkillable"));
      case ScriptOutcome.NotStarted(String why) -> new Failed("not started: " + why);
    };
  }
}
