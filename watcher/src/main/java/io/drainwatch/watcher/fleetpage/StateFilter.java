package io.drainwatch.watcher.fleetpage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which Nodes are wanted, by where they stand. */
record StateFilter(String word, String text, Predicate<NodeRow> wants) {
  static final StateFilter ALL = new StateFilter("", "all Nodes", row -> true);

  private static final List<StateFilter> KNOWN =
      Stream.concat(
              Stream.of(
                  ALL,
                  new StateFilter("open", "with a maintenance", NodeRow::isOpen),
                  new StateFilter("trouble", "in trouble", NodeRow::isInTrouble),
                  new StateFilter("blocked", "blocked", NodeRow::blocked),
                  new StateFilter("held", "held", row -> row.hold().isPresent()),
                  new StateFilter(
                      "out", "not ready or cordoned", row -> !row.ready() || row.cordoned())),
              Arrays.stream(Stage.values())
                  .map(stage -> new StateFilter(stage.word(), text(stage), is(stage))))
          .toList();

  private static Predicate<NodeRow> is(Stage stage) {
    return row -> row.stage() == stage;
  }

  private static String text(Stage stage) {
    return stage == Stage.QUIET ? "without a maintenance" : stage.word();
  }

  static List<StateFilter> known() {
    return KNOWN;
  }

  static Optional<StateFilter> of(String word) {
    return KNOWN.stream().filter(each -> each.word.equals(word)).findFirst();
  }
}
