package io.drainwatch.watcher.fleetpage;

import io.drainwatch.watcher.pages.Badge;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.Tone;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A drain that waits.
 *
 * @param link to the Node
 * @param why in a sentence
 */
record HoldView(
    String node,
    String link,
    String pool,
    String types,
    Badge badge,
    String why,
    Optional<Moment> until,
    Optional<Moment> atLatest,
    Optional<Moment> deadline) {

  static Optional<HoldView> of(NodeRow row, Map<String, PoolRow> pools, Instant now) {
    return row.hold().map(hold -> of(row, hold, pools, now));
  }

  private static HoldView of(NodeRow row, Hold hold, Map<String, PoolRow> pools, Instant now) {
    return new HoldView(
        ShownText.of(row.name()),
        NodeView.link(row.name()),
        NodeView.pool(row.pool()),
        ShownText.of(row.types(), 100),
        new Badge("held: " + hold.why().word(), Tone.PLANNED),
        hold.why().text() + (hold.why() == Hold.Why.BUDGET ? places(row, pools) : ""),
        hold.until().map(at -> Moment.of(at, now)),
        hold.atLatest().map(at -> Moment.of(at, now)),
        row.deadline().map(at -> Moment.of(at, now)));
  }

  private static String places(NodeRow row, Map<String, PoolRow> pools) {
    PoolRow pool = pools.get(row.pool());
    return pool == null || pool.places().isEmpty()
        ? ""
        : " (" + pool.taken() + " of " + pool.places().getAsInt() + ")";
  }
}
