package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.cli.StatusFrame.Row;
import io.drainwatch.watcher.operator.StandingText;
import io.drainwatch.watcher.report.EpisodeStatus;
import io.drainwatch.watcher.terminal.Line;
import io.drainwatch.watcher.terminal.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a picture that are about the maintenance. Pure. */
final class MaintenanceRows {
  private static final int STATE = 22;
  private static final int ENTERED = STATE + 22;
  private static final int SCRIPT = 30;

  private MaintenanceRows() {}

  static List<Row> of(EpisodeStatus maintenance, Instant now) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(0, headline(maintenance, now)));
    maintenance
        .held()
        .ifPresent(why -> rows.add(new Row(0, Line.of("  held: " + why, Tone.WARNING))));
    drain(maintenance).ifPresent(line -> rows.add(new Row(0, line)));
    for (EpisodeStatus.EventStanding event : maintenance.events()) {
      rows.add(new Row(event.gone() ? 4 : 1, event(event, now)));
      rows.add(new Row(2, acknowledged(event)));
    }
    rows.add(new Row(StatusFrame.BLANK, Line.EMPTY));
    states(maintenance, now, rows);
    if (!maintenance.hooks().isEmpty()) {
      rows.add(new Row(StatusFrame.BLANK, Line.EMPTY));
    }
    maintenance.hooks().forEach(hook -> scripts(hook, now, rows));
    return rows;
  }

  private static Line headline(EpisodeStatus maintenance, Instant now) {
    Line line =
        Line.of(maintenance.state(), Tone.STRONG)
            .plus(" for " + Moments.length(Duration.between(maintenance.since(), now)));
    return maintenance
        .deadline()
        .filter(at -> isBeforeTheEvent(maintenance))
        .map(at -> with(line.plus(", "), StatusFrame.left(at, now)))
        .orElse(line);
  }

  /** From then on the deadline is history. */
  private static boolean isBeforeTheEvent(EpisodeStatus maintenance) {
    return !maintenance.entered().containsKey("MaintenanceStarted")
        && !maintenance.entered().containsKey("Running");
  }

  private static Line with(Line line, Line more) {
    Line whole = line;
    for (Line.Piece piece : more.pieces()) {
      whole = whole.plus(piece.text(), piece.tone());
    }
    return whole;
  }

  private static Optional<Line> drain(EpisodeStatus maintenance) {
    EpisodeStatus.DrainStanding drain = maintenance.drain();
    return switch (drain.outcome()) {
      case "open", "complete" -> Optional.empty();
      default ->
          Optional.of(
              Line.of("  drain " + drain.outcome(), Tone.BAD)
                  .plus(drain.reason().isEmpty() ? "" : ": " + drain.reason())
                  .plus(
                      drain.left().isEmpty() ? "" : "; left: " + String.join(", ", drain.left())));
    };
  }

  private static Line event(EpisodeStatus.EventStanding event, Instant now) {
    return Line.of(event.type(), Tone.STRONG)
        .plus(" " + (event.gone() ? "gone" : event.status()))
        .plus(event.notBefore().map(at -> ", not before " + Moments.clock(at, now)).orElse(""))
        .plus(", by " + event.source())
        .plus(", rule " + event.rule() + " (" + event.action() + ")")
        .plus("  " + event.id(), Tone.FAINT);
  }

  private static Line acknowledged(EpisodeStatus.EventStanding event) {
    if (event.acknowledged()) {
      return Line.of("  acknowledged", Tone.GOOD);
    }
    return Line.of("  not acknowledged")
        .plus(event.notAcknowledgedBecause().map(why -> ": " + why).orElse(""))
        .plus(
            event.acknowledgeTries() > 0 ? ", tries: " + event.acknowledgeTries() : "",
            Tone.WARNING);
  }

  private static void states(EpisodeStatus maintenance, Instant now, List<Row> rows) {
    List<Map.Entry<String, Instant>> entered = List.copyOf(maintenance.entered().entrySet());
    for (int i = 0; i < entered.size(); i++) {
      boolean isLast = i == entered.size() - 1;
      Instant at = entered.get(i).getValue();
      Instant until = isLast ? now : entered.get(i + 1).getValue();
      Line line =
          Line.of("  " + entered.get(i).getKey(), isLast ? Tone.STRONG : Tone.PLAIN)
              .to(STATE)
              .plus(Moments.clock(at, now))
              .to(ENTERED)
              .plus(Moments.length(Duration.between(at, until)));
      rows.add(new Row(isLast ? 1 : 3, line));
    }
  }

  private static void scripts(EpisodeStatus.HookStanding hook, Instant now, List<Row> rows) {
    if (hook.scripts().isEmpty()) {
      String word = hook.listed() ? "no scripts" : "being looked for";
      rows.add(new Row(4, Line.of("  " + hook.hook()).to(SCRIPT).plus(word, Tone.FAINT)));
    }
    for (EpisodeStatus.ScriptStanding script : hook.scripts()) {
      Line line =
          Line.of("  " + hook.hook() + "/" + script.name())
              .to(SCRIPT)
              .plus(StandingText.of(script), tone(script));
      boolean runs = script.phase().equals("begun");
      Optional<String> since =
          runs
              ? script.begunAt().map(at -> " " + Moments.length(Duration.between(at, now)))
              : Optional.empty();
      rows.add(new Row(expendable(script), line.plus(since.orElse(""))));
    }
  }

  private static int expendable(EpisodeStatus.ScriptStanding script) {
    return switch (script.phase()) {
      case "succeeded" -> 4;
      case "pending" -> 3;
      default -> 1;
    };
  }

  private static Tone tone(EpisodeStatus.ScriptStanding script) {
    return switch (script.phase()) {
      case "succeeded" -> Tone.GOOD;
      case "failed" -> Tone.BAD;
      case "begun", "waiting", "settling" -> Tone.WARNING;
      default -> Tone.FAINT;
    };
  }
}
