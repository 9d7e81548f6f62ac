package io.drainwatch.watcher.clusterview;

import io.drainwatch.drainer.pods.Why;
import java.util.ArrayList;
import java.util.List;

/** A forecast for people: a heading, a table, a verdict. */
public final class DrainForecastText {
  private DrainForecastText() {}

  public static List<String> of(DrainForecast forecast) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Node "
            + Cell.name(forecast.node().name())
            + (forecast.node().readiness().ready() ? "" : ", not ready")
            + (forecast.node().unschedulable() ? ", cordoned" : ", not cordoned")
            + ": "
            + pods(forecast.pods().size())
            + ", "
            + forecast.going()
            + " to be evicted. Nothing is changed.");
    if (!forecast.pods().isEmpty()) {
      Columns table = new Columns("ORDER", "POD", "DECISION", "ANSWER", "REASON");
      forecast.pods().forEach(each -> add(table, each));
      lines.addAll(table.lines());
    }
    lines.add(verdict(forecast));
    return lines;
  }

  private static void add(Columns table, DrainForecast.PodForecast each) {
    Why why = each.judged().decision().why();
    table.add(
        each.order().map(Object::toString).orElse(Cell.NONE),
        Cell.name(each.judged().pod().namespace() + "/" + each.judged().pod().name()),
        DrainForecast.PodForecast.decision(each.judged().decision()),
        each.prediction().text(),
        Cell.sentence(why.text())
            + why.warning().map(it -> "; warning: " + Cell.sentence(it)).orElse(""));
  }

  private static String verdict(DrainForecast forecast) {
    if (forecast.isClear()) {
      return forecast.going() == 0
          ? "Nothing has to go."
          : "All that have to go could go. A budget answers for one pod at a time: when several"
              + " are under it, they may go one after another.";
    }
    return pods(forecast.holdingUp())
        + (forecast.holdingUp() == 1 ? " holds" : " hold")
        + " the drain up, or nobody knows.";
  }

  private static String pods(long number) {
    return number == 1 ? "1 pod" : number + " pods";
  }
}
