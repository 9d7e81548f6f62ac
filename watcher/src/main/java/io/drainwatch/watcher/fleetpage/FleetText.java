package io.drainwatch.watcher.fleetpage;

import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.ShownTime;
import io.drainwatch.watcher.pages.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The page in words: what the template {@code fleet} shows, no more than so much of anything.
 *
 * @param title of the window
 * @param say for whoever listens to the page
 * @param now the server's clock, in ms since 1970
 * @param alarm what is shown may be wrong, and why; empty: it is not
 * @param leader who leads, and whether that is this replica
 * @param command that reaches the one that leads; empty: this one does, or nobody is known to
 * @param leads the rest is there
 * @param faults what was asked for and not understood
 */
record FleetText(
    String title,
    String say,
    String now,
    String version,
    String alarm,
    String leader,
    String command,
    boolean leads,
    List<Chip> chips,
    String faults,
    List<Choice> pools,
    List<Choice> states,
    List<Choice> zones,
    List<Choice> orders,
    String text,
    String matching,
    boolean filtered,
    List<NodeView> nodes,
    List<Link> pages,
    List<BudgetView> budgets,
    String moreBudgets,
    List<HoldView> held,
    String moreHeld,
    List<PoolView> poolRows,
    List<String> stages,
    String morePools,
    List<FinishedView> finished) {

  /** To another page of the list. */
  record Link(String text, String href) {}

  static FleetText of(
      FleetView view, FleetPage page, Replica replica, int port, String version, Instant now) {
    Map<String, PoolRow> pools = new HashMap<>();
    view.pools().forEach(pool -> pools.put(pool.name(), pool));
    FleetQuery query = page.query();
    List<Chip> chips = chips(view, query);
    return new FleetText(
        title(view),
        say(view),
        Long.toString(now.toEpochMilli()),
        version,
        alarm(replica),
        leader(view.leads(), replica),
        command(view.leads(), replica, port),
        view.leads(),
        chips,
        String.join(", ", query.faults()),
        Choice.among(
            "all pools",
            "no pool",
            view.pools().stream().map(PoolRow::name).toList(),
            query.pool()),
        StateFilter.known().stream()
            .map(each -> new Choice(each.word(), each.text(), each.equals(query.state())))
            .toList(),
        Choice.among("all zones", "no zone", view.zones(), query.zone()),
        List.of(Order.values()).stream()
            .map(
                each ->
                    new Choice(
                        each == Order.URGENCY ? "" : each.word(), // as usual, so not in the address
                        "by " + each.word(),
                        each == query.order()))
            .toList(),
        ShownText.of(query.text(), 253),
        matching(page, view.rows().size()),
        query.isFiltered(),
        page.nodes().stream().map(each -> NodeView.of(each, pools, now)).toList(),
        links(page),
        view.budgets().stream()
            .limit(FleetPage.MOST_BUDGETS)
            .map(each -> BudgetView.of(each, now))
            .toList(),
        more(view.budgets().size() - FleetPage.MOST_BUDGETS, "budget"),
        view.held().stream()
            .limit(FleetPage.MOST_HELD)
            .flatMap(each -> HoldView.of(each, pools, now).stream())
            .toList(),
        more(view.held().size() - FleetPage.MOST_HELD, "drain"),
        view.pools().stream().limit(FleetPage.MOST_POOLS).map(PoolView::of).toList(),
        PoolView.STAGES.stream().map(Stage::word).toList(),
        more(view.pools().size() - FleetPage.MOST_POOLS, "pool"),
        page.finished().stream().map(each -> FinishedView.of(each, now)).toList());
  }

  private static String title(FleetView view) {
    long trouble = view.rows().stream().filter(NodeRow::isInTrouble).count();
    long open = view.rows().stream().filter(NodeRow::isOpen).count();
    String first =
        !view.leads()
            ? "stands by"
            : trouble > 0
                ? Numbers.of(trouble) + " in trouble"
                : open > 0 ? Numbers.of(open) + " in maintenance" : "all quiet";
    return first + " - Drainwatch";
  }

  // not the time left, which would be read out each time
  private static String say(FleetView view) {
    if (!view.leads()) {
      return "";
    }
    long open = view.rows().stream().filter(NodeRow::isOpen).count();
    long blocked = view.rows().stream().filter(NodeRow::blocked).count();
    return Numbers.of(open) + " in maintenance, " + Numbers.of(blocked) + " blocked";
  }

  private static String alarm(Replica replica) {
    if (!replica.isOld()) {
      return "";
    }
    return replica
        .silence()
        .map(
            since ->
                "The API server has not answered for "
                    + ShownTime.duration(since)
                    + ": what you see is of then.")
        .orElse("The API server has not answered yet: nothing is known.");
  }

  private static String leader(boolean leads, Replica replica) {
    if (leads) {
      return "This replica leads: " + ShownText.of(replica.holder(), 253) + ".";
    }
    return "This replica does not lead, so it knows nothing of the Nodes. "
        + replica
            .leader()
            .map(who -> "By the Lease, as it was read last, " + ShownText.of(who, 253) + " leads.")
            .orElse("Nobody is known to lead: look again in some seconds.");
  }

  private static String command(boolean leads, Replica replica, int port) {
    return replica
        .leader()
        .filter(who -> !leads)
        .map(Replica::podOf)
        .filter(pod -> pod.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"))
        .map(pod -> "kubectl -n " + replica.namespace() + " port-forward pod/" + pod + " " + port)
        .orElse("");
  }

  static List<Chip> chips(FleetView view, FleetQuery query) {
    List<Chip> chips = new ArrayList<>();
    chips.add(chip(view, query, "Nodes", "", Tone.CALM));
    chips.add(chip(view, query, "in maintenance", "open", Tone.BUSY));
    chips.add(chip(view, query, "in trouble", "trouble", Tone.BAD));
    chips.add(chip(view, query, "blocked", "blocked", Tone.BAD));
    chips.add(chip(view, query, "held", "held", Tone.PLANNED));
    chips.add(chip(view, query, "not ready or cordoned", "out", Tone.AWAY));
    return chips;
  }

  private static Chip chip(FleetView view, FleetQuery query, String text, String word, Tone tone) {
    StateFilter filter = StateFilter.of(word).orElse(StateFilter.ALL); // one that is known
    Predicate<NodeRow> wants = filter.wants();
    long count = view.rows().stream().filter(wants).count();
    return new Chip(
        text,
        Numbers.of(count),
        query.in(query.pool(), filter).link(),
        count == 0 ? Tone.CALM : tone,
        filter.equals(query.state()));
  }

  private static String matching(FleetPage page, int all) {
    if (page.matching() == 0) {
      return all == 0 ? "No Nodes are known." : "None of " + NodeView.count(all, "Node") + ".";
    }
    int first = (page.query().page() - 1) * FleetPage.NODES + 1;
    int last = first + page.nodes().size() - 1;
    String shown =
        page.pages() == 1
            ? NodeView.count(page.matching(), "Node")
            : "Nodes "
                + Numbers.of(first)
                + " to "
                + Numbers.of(last)
                + " of "
                + Numbers.of(page.matching());
    return page.matching() == all ? shown + "." : shown + ", of " + Numbers.of(all) + " in all.";
  }

  private static List<Link> links(FleetPage page) {
    int at = page.query().page();
    List<Link> links = new ArrayList<>();
    add(links, "First", 1, at > 1, page);
    add(links, "Previous", at - 1, at > 1, page);
    add(links, "Next", at + 1, at < page.pages(), page);
    add(links, "Last", page.pages(), at < page.pages(), page);
    return links;
  }

  private static void add(
      List<Link> links, String text, int number, boolean isThere, FleetPage page) {
    if (isThere) {
      links.add(new Link(text, page.query().onPage(number).link()));
    }
  }

  private static String more(int number, String what) {
    return number <= 0 ? "" : "and " + NodeView.count(number, "more " + what);
  }
}
