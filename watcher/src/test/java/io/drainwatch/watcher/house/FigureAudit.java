package io.drainwatch.watcher.house;

import io.drainwatch.drainer.promises.PromisedFigure;
import io.drainwatch.drainer.promises.PromisedFigure.Limit;
import io.drainwatch.drainer.promises.PromisedFigure.Measured;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether a row of promised figures can be believed; in words, what cannot. */
final class FigureAudit {
  private static final String MISSED = "missed: ";
  private static final String OPEN = "open: ";
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

  private final LocalDate today;
  private final Function<String, List<String>> sources;

  /**
   * @param sources the texts of the test or bench of this name
   */
  FigureAudit(LocalDate today, Function<String, List<String>> sources) {
    this.today = today;
    this.sources = sources;
  }

  List<String> complaints(PromisedFigure row) {
    List<String> complaints = new ArrayList<>();
    if (row.promise().isBlank() || row.limits().isEmpty()) {
      complaints.add("promises nothing");
    }
    if (row.on().isAfter(today) || row.on().isBefore(FIRST)) {
      complaints.add("was not measured on " + row.on());
    }
    boolean isOpen = isReasoned(row, OPEN);
    boolean isMissed = isReasoned(row, MISSED);
    boolean isBroken = false;
    for (Limit limit : row.limits()) {
      Optional<Measured> measured = row.measured(limit.name());
      if (measured.isEmpty() && !isOpen) {
        complaints.add(limit.name() + " is neither measured nor said to be open");
      }
      if (measured.isPresent() && !measured.get().unit().equals(limit.unit())) {
        complaints.add(limit.name() + " was measured in another unit");
      }
      isBroken |= measured.isPresent() && !limit.allows(measured.get().value());
      if (!isOpen && held(row, limit.name()).isEmpty()) {
        complaints.add(limit.name() + " is asserted by none of " + row.heldBy());
      }
    }
    if (isBroken && !isMissed) {
      complaints.add("what was measured breaks the figure, and nobody says so");
    }
    if (!isBroken && isMissed) {
      complaints.add("nothing is missed");
    }
    for (Measured each : row.measured()) {
      if (row.limits().stream().noneMatch(limit -> limit.name().equals(each.name()))) {
        complaints.add(each.name() + " was measured and is not promised");
      }
    }
    for (String holder : row.heldBy()) {
      if (texts(holder).isEmpty()) {
        complaints.add("there is no " + holder);
      }
    }
    return complaints;
  }

  private static boolean isReasoned(PromisedFigure row, String mark) {
    return row.remark().startsWith(mark) && row.remark().length() > mark.length() + 10;
  }

  /** Those that take the row's limit of this name from the table. */
  private List<String> held(PromisedFigure row, String limit) {
    return row.heldBy().stream()
        .filter(
            holder ->
                texts(holder).stream()
                    .anyMatch(
                        text ->
                            text.contains("PromisedFigure.named(\"" + row.id() + "\")")
                                && asserts(text, limit)))
        .toList();
  }

  /** Of a name with the form in front the rest will do: benches put the form there. */
  private static boolean asserts(String text, String limit) {
    return text.contains('"' + limit + '"')
        || text.contains("\" " + limit.substring(limit.lastIndexOf(' ') + 1) + '"');
  }

  private List<String> texts(String holder) {
    String[] classAndTest = holder.split("\\.");
    return sources.apply(classAndTest[0]).stream()
        .filter(text -> classAndTest.length == 1 || text.contains("void " + classAndTest[1] + "("))
        .toList();
  }
}
