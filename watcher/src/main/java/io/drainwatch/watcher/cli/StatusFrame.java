package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.operator.Watched;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.terminal.Line;
import io.drainwatch.watcher.terminal.Size;
import io.drainwatch.watcher.terminal.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One picture of {@code status --watch}: as many lines as there is room for, none too wide. Pure.
 * Where there is too little room, what matters least goes first, and the last line says how much.
 */
final class StatusFrame {
  /**
   * What a picture is made of; equal ones give the same picture.
   *
   * @param now to the second
   */
  record Seen(Watched watched, Instant now, Size size) {}

  /** A line and how soon it goes when there is too little room; 0 goes last. */
  record Row(int expendable, Line line) {}

  private static final long SOON = 60;

  /** Of lines that only keep others apart. */
  static final int BLANK = 5;

  private StatusFrame() {}

  static Instant toTheSecond(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS);
  }

  static List<Line> of(Seen seen) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(0, head(seen)));
    rows.add(new Row(0, daemon(seen)));
    seen.watched()
        .status()
        .ifPresent(
            status -> {
              metadata(status, seen.now()).ifPresent(line -> rows.add(new Row(1, line)));
              status
                  .recordFault()
                  .ifPresent(
                      why ->
                          rows.add(
                              new Row(0, Line.of("Record cannot be written: " + why, Tone.BAD))));
              rows.add(new Row(BLANK, Line.EMPTY));
              if (status.maintenance().isPresent()) {
                rows.addAll(MaintenanceRows.of(status.maintenance().get(), seen.now()));
              } else {
                rows.add(new Row(0, Line.of("No maintenance.", Tone.GOOD)));
              }
            });
    return fitted(rows, seen.size());
  }

  private static Line head(Seen seen) {
    String vm =
        seen.watched()
            .status()
            .flatMap(MaintenanceStatus::vm)
            .map(each -> "  " + each.name())
            .orElse("");
    String time = seen.now().toString();
    return Line.of("Drainwatch", Tone.STRONG)
        .plus(vm, Tone.STRONG)
        .to(seen.size().columns() - time.length())
        .plus(time, Tone.FAINT);
  }

  private static Line daemon(Seen seen) {
    Watched watched = seen.watched();
    if (watched.silence().isPresent()) {
      Watched.Silence silence = watched.silence().get();
      return Line.of(
              "Not reachable since "
                  + Moments.clock(silence.since(), seen.now())
                  + ", "
                  + Moments.ago(silence.since(), seen.now()),
              Tone.BAD)
          .plus(
              switch (silence.source()) {
                case RECORD -> "; below is its record";
                case LAST_ANSWER -> "; below is what it said last";
                case NONE -> "";
              })
          .plus(" (" + silence.why() + ")", Tone.FAINT);
    }
    return watched
        .address()
        .map(address -> Line.of("Daemon at " + address, Tone.FAINT))
        .orElseGet(() -> Line.of("Asking the daemon ...", Tone.FAINT));
  }

  private static Optional<Line> metadata(MaintenanceStatus status, Instant now) {
    return status
        .metadata()
        .map(
            metadata ->
                Line.of("Metadata service ")
                    .plus(metadata.state(), metadata.state().equals("OK") ? Tone.GOOD : Tone.BAD)
                    .plus(
                        metadata.failuresInARow() == 0
                            ? ""
                            : ", " + metadata.failuresInARow() + " failures in a row")
                    .plus(
                        status
                            .lastDocumentAt()
                            .map(at -> ", last document " + Moments.ago(at, now))
                            .orElse("")));
  }

  /** What is left of the time, and how urgent that is. */
  static Line left(Instant deadline, Instant now) {
    long left = Duration.between(now, deadline).toSeconds();
    String until = " (" + Moments.clock(deadline, now) + ")";
    if (left < 0) {
      return Line.of("deadline passed " + Moments.ago(deadline, now), Tone.BAD).plus(until);
    }
    return Line.of(Moments.length(Duration.ofSeconds(left)), left < SOON ? Tone.BAD : Tone.WARNING)
        .plus(" left")
        .plus(until);
  }

  private static List<Line> fitted(List<Row> rows, Size size) {
    List<Row> kept = without(rows, BLANK, size.rows());
    if (kept.size() > size.rows()) {
      int room = Math.max(1, size.rows() - 1);
      for (int rank = BLANK; rank > 0; rank--) {
        kept = without(kept, rank, room);
      }
      kept = kept.stream().limit(room).toList();
    }
    List<Line> lines = new ArrayList<>(kept.stream().map(Row::line).toList());
    long gone = full(rows) - full(kept);
    if (gone > 0 && lines.size() < size.rows()) {
      lines.add(Line.of("and " + gone + " more: drainwatch status", Tone.FAINT));
    }
    return lines.stream().map(line -> line.within(size.columns())).toList();
  }

  /** The oldest of that kind go first, and no more than must. */
  private static List<Row> without(List<Row> rows, int rank, int room) {
    long tooMany = rows.size() - room;
    List<Row> kept = new ArrayList<>();
    for (Row row : rows) {
      if (row.expendable() == rank && tooMany > 0) {
        tooMany--;
      } else {
        kept.add(row);
      }
    }
    return kept;
  }

  private static long full(List<Row> rows) {
    return rows.stream().filter(row -> row.expendable() != BLANK).count();
  }
}
