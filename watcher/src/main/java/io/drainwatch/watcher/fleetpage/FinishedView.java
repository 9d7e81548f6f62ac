package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.fleet.Finished;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.watcher.pages.Badge;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.ShownTime;
import io.drainwatch.watcher.pages.Tone;
import java.time.Duration;
import java.time.Instant;

/**
 * A maintenance that is over, in words.
 *
 * @param drain how that ended
 * @param out for how long the Node was out of service
 * @param from who knows of it
 */
record FinishedView(
    String node,
    String link,
    String pool,
    String types,
    Badge ending,
    String drain,
    Moment endedAt,
    String out,
    String from) {

  static FinishedView of(Finished over, Instant now) {
    boolean isBad =
        over.drain()
            .map(
                it ->
                    it == DrainResult.Outcome.FAILED || it == DrainResult.Outcome.DEADLINE_REACHED)
            .orElse(false);
    return new FinishedView(
        ShownText.of(over.node()),
        NodeView.link(over.node()),
        NodeView.pool(over.pool()),
        ShownText.of(over.types(), 100),
        new Badge(over.ending(), isBad ? Tone.BAD : Tone.CALM),
        drain(over),
        Moment.of(over.endedAt(), now),
        over.outSince()
            .map(at -> Duration.between(at, over.endedAt()))
            .filter(time -> !time.isNegative())
            .map(ShownTime::duration)
            .orElse(""),
        over.isOnNode() ? "the Node" : "this replica");
  }

  private static String drain(Finished over) {
    String how =
        over.drain()
            .map(
                it ->
                    switch (it) {
                      case OPEN -> "not begun";
                      case COMPLETE -> "complete";
                      case FAILED -> "failed";
                      case DEADLINE_REACHED -> "not over at the deadline";
                      case STARTED_FIRST -> "the platform began first";
                      case STOPPED -> "stopped";
                    })
            .orElse("");
    String left = over.left() == 0 ? "" : Numbers.of(over.left()) + " left";
    return how.isEmpty() || left.isEmpty() ? how + left : how + ", " + left;
  }
}
