package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.nodes.Cause;
import io.drainwatch.watcher.fleetpage.FleetPage.Shown;
import io.drainwatch.watcher.pages.Badge;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Node, in words.
 *
 * @param id of its element
 * @param link to it alone
 * @param marks beside its state
 * @param deadline until when the drain has time
 * @param begins when the platform does
 */
record NodeView(
    String id,
    boolean quiet,
    String name,
    String link,
    Badge state,
    List<Badge> marks,
    String pool,
    String poolLink,
    String zone,
    String vm,
    String types,
    Optional<Moment> deadline,
    Optional<Moment> begins,
    Optional<Moment> since,
    String pods,
    Optional<HoldView> hold,
    List<String> troubles,
    List<ObstacleView> obstacles,
    List<String> predicted,
    String more) {
  private static final int MOST_PODS = 3;

  static NodeView of(Shown shown, Map<String, PoolRow> pools, Instant now) {
    NodeRow row = shown.row();
    NodeDetail detail = shown.detail();
    Optional<Instant> deadline = row.deadline();
    return new NodeView(
        "node-" + ShownText.of(row.name(), 253),
        !row.isOpen(),
        ShownText.of(row.name()),
        link(row.name()),
        new Badge(row.stage().word(), Tone.ofState(row.stage().word())),
        marks(row),
        pool(row.pool()),
        FleetQuery.ALL
            .in(row.pool().isEmpty() ? FleetQuery.WITHOUT : row.pool(), StateFilter.ALL)
            .link(),
        ShownText.of(row.zone(), 80),
        row.vm().equals(row.name()) ? "" : ShownText.of(row.vm(), 100),
        ShownText.of(row.types(), 100),
        deadline.map(at -> Moment.of(at, now)),
        deadline.isPresent() ? Optional.empty() : row.notBefore().map(at -> Moment.of(at, now)),
        row.since().map(at -> Moment.of(at, now)),
        pods(row),
        HoldView.of(row, pools, now),
        row.troubles().stream().map(ShownText::of).toList(),
        detail.obstacles().stream().map(each -> ObstacleView.of(each, now)).toList(),
        detail.predicted().stream().map(NodeView::sentence).toList(),
        detail.more() == 0 ? "" : "and " + detail.more() + " more");
  }

  private static List<Badge> marks(NodeRow row) {
    List<Badge> marks = new ArrayList<>();
    if (row.blocked()) {
      marks.add(new Badge("blocked", Tone.BAD));
    }
    if (!row.troubles().isEmpty()) {
      marks.add(new Badge("trouble", Tone.BAD));
    }
    row.hold().ifPresent(hold -> marks.add(new Badge("held: " + hold.why().word(), Tone.PLANNED)));
    if (!row.ready()) {
      marks.add(new Badge("not ready", Tone.AWAY));
    }
    if (row.cordoned()) {
      marks.add(new Badge("cordoned", Tone.CALM));
    }
    if (!row.phase().isEmpty() && !row.phase().equals("blocked") && row.hold().isEmpty()) {
      marks.add(new Badge(row.phase(), Tone.CALM));
    }
    return marks;
  }

  private static String pods(NodeRow row) {
    if (row.toGo() == 0 && row.evicted() == 0) {
      return "";
    }
    return count(row.toGo(), "pod") + " to go, " + row.evicted() + " evicted";
  }

  private static String sentence(Cause cause) {
    int more = cause.pods().size() - MOST_PODS;
    String pods = String.join(", ", cause.pods().stream().limit(MOST_PODS).toList());
    return ShownText.of(
        cause.sentence()
            + (pods.isEmpty() ? "" : ": " + pods)
            + (more > 0 ? " and " + more + " more" : ""));
  }

  static String link(String node) {
    return new FleetQuery("", StateFilter.ALL, "", node, Order.URGENCY, 1, List.of()).link();
  }

  static String pool(String name) {
    return name.isEmpty() ? "no pool" : ShownText.of(name, 80);
  }

  static String count(long number, String what) {
    return Numbers.of(number) + " " + what + (number == 1 ? "" : "s");
  }
}
