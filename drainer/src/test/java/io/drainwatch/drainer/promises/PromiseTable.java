package io.drainwatch.drainer.promises;

import io.drainwatch.drainer.promises.PromisedFigure.Comparison;
import io.drainwatch.drainer.promises.PromisedFigure.Limit;
import io.drainwatch.drainer.promises.PromisedFigure.Measured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of docs/promises.md that begin with {@code | F}. */
public final class PromiseTable {
  private static final Pattern LIMIT = Pattern.compile("(.+?) ([<>])= ([0-9.]+) ?(.*)");
  private static final Pattern MEASURED = Pattern.compile("(.+?) ([0-9.]+) ?(\\D*)");
  private static final Pattern HOLDER = Pattern.compile("`([\\w.]+)`");
  private static final int CELLS = 8;
  private static final int MEASURED_CELL = 4;
  private static final int DATE_CELL = 5;

  private PromiseTable() {}

  public static synchronized List<PromisedFigure> read() {
    return read(lines());
  }

  static List<PromisedFigure> read(List<String> lines) {
    return lines.stream().filter(PromiseTable::isRow).map(PromiseTable::row).toList();
  }

  public static Path file() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(directory.resolve("mvnw"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new AssertionError("not run from within the repository");
      }
    }
    return directory.resolve("docs/promises.md");
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRow(String line) {
    return line.startsWith("| F");
  }

  private static List<String> cells(String line) {
    List<String> cells =
        Arrays.stream(line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1))
            .map(String::strip)
            .toList();
    if (cells.size() != CELLS) {
      throw new AssertionError(CELLS + " cells are needed: " + line);
    }
    return cells;
  }

  private static PromisedFigure row(String line) {
    List<String> cells = cells(line);
    return new PromisedFigure(
        cells.get(0),
        cells.get(1),
        split(cells.get(2)).stream().map(PromiseTable::limit).toList(),
        HOLDER.matcher(cells.get(3)).results().map(found -> found.group(1)).toList(),
        split(cells.get(MEASURED_CELL)).stream().map(PromiseTable::measured).toList(),
        LocalDate.parse(cells.get(DATE_CELL)),
        cells.get(6),
        cells.get(7));
  }

  private static List<String> split(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split("; "));
  }

  private static Limit limit(String text) {
    MatchResult found = matched(LIMIT, text);
    return new Limit(
        found.group(1),
        found.group(2).equals("<") ? Comparison.AT_MOST : Comparison.AT_LEAST,
        Double.parseDouble(found.group(3)),
        found.group(4));
  }

  private static Measured measured(String text) {
    MatchResult found = matched(MEASURED, text);
    return new Measured(found.group(1), Double.parseDouble(found.group(2)), found.group(3).strip());
  }

  private static MatchResult matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new AssertionError("not " + pattern + ": " + text);
    }
    return matcher.toMatchResult();
  }

  static String text(Limit limit) {
    String sign = limit.comparison() == Comparison.AT_MOST ? "<=" : ">=";
    return "%s %s %s %s".formatted(limit.name(), sign, number(limit.value()), limit.unit()).strip();
  }

  private static String text(Measured measured) {
    return (measured.name() + " " + number(measured.value()) + " " + measured.unit()).strip();
  }

  /** Three digits are enough, and no more zeros than are needed. */
  static String number(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 100) {
      return String.valueOf(Math.round(value));
    }
    return String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.1f", value)
        .replaceFirst("\\.?0+$", "");
  }

  static synchronized void write(String id, Measured value, LocalDate on) {
    List<String> changed = new ArrayList<>();
    for (String line : lines()) {
      changed.add(isRow(line) && row(line).id().equals(id) ? with(line, value, on) : line);
    }
    try {
      Files.write(file(), changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String with(String line, Measured value, LocalDate on) {
    List<String> cells = new ArrayList<>(cells(line));
    List<String> measured = new ArrayList<>();
    boolean isThere = false;
    for (Measured each : row(line).measured()) {
      boolean isIt = each.name().equals(value.name());
      isThere |= isIt;
      measured.add(text(isIt ? value : each));
    }
    if (!isThere) {
      measured.add(text(value));
    }
    cells.set(MEASURED_CELL, String.join("; ", measured));
    cells.set(DATE_CELL, on.toString());
    return "| " + String.join(" | ", cells) + " |";
  }
}
