package io.drainwatch.watcher.fleetpage;

import java.util.Arrays;
import java.util.List;

/**
 * One pool, in words.
 *
 * @param cells for each stage of {@link #STAGES}
 * @param places taken and there, of its budget
 */
record PoolView(
    String name,
    String link,
    String nodes,
    List<String> cells,
    String blocked,
    String held,
    String places) {
  static final List<Stage> STAGES =
      Arrays.stream(Stage.values())
          .filter(each -> each.compareTo(Stage.SCHEDULED) >= 0 && each != Stage.UNCORDONED)
          .toList();

  static PoolView of(PoolRow pool) {
    String value = pool.name().isEmpty() ? FleetQuery.WITHOUT : pool.name();
    return new PoolView(
        NodeView.pool(pool.name()),
        FleetQuery.ALL.in(value, StateFilter.ALL).link(),
        Numbers.of(pool.nodes()),
        STAGES.stream().map(stage -> number(pool.in(stage))).toList(),
        number(pool.blocked()),
        number(pool.held()),
        pool.places().isPresent()
            ? pool.taken() + " of " + Numbers.of(pool.places().getAsInt())
            : number(pool.taken()));
  }

  /** Most are none, and should not draw the eye. */
  private static String number(int count) {
    return count == 0 ? "-" : Numbers.of(count);
  }
}
