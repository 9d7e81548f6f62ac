package io.drainwatch.watcher.clusterview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.cleaning.CleaningReport;
import io.drainwatch.drainer.scaledown.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The clean-up behind StatefulSets, for people and for programs. */
public final class CleaningText {
  private CleaningText() {}

  /** A row for each ordinal, below them what is refused. */
  public static List<String> of(CleaningReport report) {
    List<String> lines = new ArrayList<>();
    Columns table = new Columns("STATEFULSET", "ORDINAL", "CLEAN-UP", "TRY", "CLAIMS", "WHY");
    List<String> refused = new ArrayList<>();
    int rows = 0;
    for (CleaningReport.Entry each : report.open()) {
      String set =
          Cell.of(each.set().toString(), 3 * Cell.NAME)
              + (each.isTerminating() ? " (deleted)" : "");
      for (Standing.Ordinal ordinal : each.standing().ordinals()) {
        table.add(
            set,
            String.valueOf(ordinal.ordinal()),
            word(ordinal.stage()),
            String.valueOf(ordinal.attempt() + 1),
            String.valueOf(ordinal.claims()),
            ordinal.detail().isEmpty() ? Cell.NONE : Cell.sentence(ordinal.detail()));
        rows++;
      }
      each.standing()
          .refusal()
          .ifPresent(
              refusal ->
                  refused.add(
                      set
                          + ": "
                          + refusal.notice().reason()
                          + ": "
                          + Cell.sentence(refusal.notice().note(refusal.detail()))));
    }
    if (rows > 0) {
      lines.addAll(table.lines());
    }
    lines.addAll(refused);
    int quiet = report.managed() - report.open().size();
    lines.add(
        quiet
            + (report.open().isEmpty() ? "" : " more")
            + (quiet == 1 ? " StatefulSet" : " StatefulSets")
            + " with a clean-up template and nothing to clean up.");
    return lines;
  }

  /** The same for programs. */
  public static ObjectNode json(CleaningReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("managed", report.managed());
    ArrayNode sets = json.putArray("sets");
    for (CleaningReport.Entry each : report.open()) {
      ObjectNode set = sets.addObject();
      set.put("namespace", Cell.name(each.set().namespace()))
          .put("name", Cell.name(each.set().name()))
          .put("deleted", each.isTerminating());
      each.standing()
          .refusal()
          .ifPresent(
              refusal ->
                  set.putObject("refused")
                      .put("reason", refusal.notice().reason())
                      .put("detail", Cell.sentence(refusal.detail())));
      ArrayNode ordinals = set.putArray("ordinals");
      for (Standing.Ordinal ordinal : each.standing().ordinals()) {
        ordinals
            .addObject()
            .put("ordinal", ordinal.ordinal())
            .put("stage", word(ordinal.stage()))
            .put("attempt", ordinal.attempt())
            .put("claims", ordinal.claims())
            .put("detail", Cell.sentence(ordinal.detail()));
      }
    }
    return json;
  }

  private static String word(Standing.Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }
}
