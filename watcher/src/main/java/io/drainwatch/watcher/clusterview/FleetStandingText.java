package io.drainwatch.watcher.clusterview;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fleet for people: a row for each Node with a maintenance, below it what is left. */
public final class FleetStandingText {
  private static final int MOST_LEFT = 10;

  private FleetStandingText() {}

  public static List<String> of(FleetStanding fleet) {
    List<String> lines = new ArrayList<>();
    if (!fleet.nodes().isEmpty()) {
      List<String> rows = rows(fleet);
      lines.add(rows.getFirst());
      for (int i = 0; i < fleet.nodes().size(); i++) {
        lines.add(rows.get(i + 1));
        lines.addAll(below(fleet.nodes().get(i)));
      }
    }
    String more = fleet.nodes().isEmpty() ? "" : " more";
    lines.add(
        fleet.others()
            + more
            + (fleet.others() == 1 ? " Node" : " Nodes")
            + " without a maintenance.");
    return lines;
  }

  private static List<String> rows(FleetStanding fleet) {
    Columns table =
        new Columns(
            "NODE",
            "STATE",
            "PHASE",
            "TYPE",
            "SINCE",
            "DEADLINE",
            "CORDON",
            "DRAINED",
            "ACKABLE",
            "PODS GONE",
            "WATCHER");
    for (NodeStanding each : fleet.nodes()) {
      Optional<Progress> progress = each.record().map(NodeRecord::progress);
      table.add(
          Cell.name(each.node()),
          each.state(),
          progress.map(FleetStandingText::phase).orElse(Cell.NONE),
          Cell.name(String.join("+", each.types())),
          Cell.moment(progress.map(Progress::since)),
          deadline(progress.flatMap(Progress::deadline), fleet.at()),
          each.cordon().word(),
          each.record().map(it -> of(it.drain().drained(), it)).orElse(Cell.NONE),
          each.record().map(it -> of(it.drain().ackable(), it)).orElse(Cell.NONE),
          each.record()
              .map(it -> it.drain().counts())
              .map(it -> it.gone() + " of " + it.pods())
              .orElse(Cell.NONE),
          each.watcher());
    }
    return table.lines();
  }

  private static String phase(Progress progress) {
    String held =
        switch (progress.held()) {
          case NOTHING -> "";
          case BUDGET, WINDOW, FOREIGN_UNCORDON -> " (" + progress.held().word() + ")";
        };
    return (progress.phase().word().isEmpty() ? Cell.NONE : progress.phase().word()) + held;
  }

  private static String of(List<String> ids, NodeRecord record) {
    return ids.size() + " of " + record.events().size();
  }

  private static String deadline(Optional<Instant> deadline, Instant now) {
    return deadline
        .map(
            at -> {
              long left = Duration.between(now, at).toSeconds();
              return Cell.moment(deadline)
                  + (left < 0 ? ", passed " + -left + " s ago" : ", " + left + " s left");
            })
        .orElse("none");
  }

  private static List<String> below(NodeStanding node) {
    List<String> lines = new ArrayList<>();
    node.trouble().ifPresent(why -> lines.add("  " + Cell.sentence(why)));
    node.record()
        .flatMap(record -> record.progress().fate())
        .ifPresent(fate -> lines.add("  the VM " + fate.text()));
    node.record().stream()
        .flatMap(record -> record.events().stream())
        .filter(event -> event.source() == EventSource.RESOURCE_GRAPH)
        .map(event -> "  " + Cell.of(event.id(), 2 * Cell.NAME) + " is known from Resource Graph")
        .forEach(lines::add);
    node.record()
        .map(NodeRecord::drain)
        .ifPresent(
            drain -> {
              drain.left().stream()
                  .limit(MOST_LEFT)
                  .map(FleetStandingText::left)
                  .forEach(lines::add);
              int more = Math.max(0, drain.left().size() - MOST_LEFT) + drain.more();
              if (more > 0) {
                lines.add("  and " + more + " more");
              }
            });
    return lines;
  }

  private static String left(DrainNote.Left left) {
    return "  left: " + Cell.name(left.pod()) + ": " + Cell.sentence(left.why());
  }
}
