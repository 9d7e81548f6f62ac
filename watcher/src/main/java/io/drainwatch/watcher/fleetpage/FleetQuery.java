package io.drainwatch.watcher.fleetpage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is asked for, as it stands in the address, so that it outlasts a reload and can be sent to
 * somebody. What is not understood counts as not asked, and is said.
 *
 * @param pool empty: any; {@value #WITHOUT}: those without one
 * @param zone likewise
 * @param text in the name of the Node, its VM, the type of its event, a budget in its way
 * @param page from 1 on
 * @param faults what was not understood
 */
record FleetQuery(
    String pool,
    StateFilter state,
    String zone,
    String text,
    Order order,
    int page,
    List<String> faults) {
  /** No label of Kubernetes can have this value. */
  static final String WITHOUT = "-";

  static final FleetQuery ALL =
      new FleetQuery("", StateFilter.ALL, "", "", Order.URGENCY, 1, List.of());

  private static final int LONGEST = 253;
  private static final int LAST_PAGE = 100_000;

  FleetQuery {
    faults = List.copyOf(faults);
  }

  /**
   * @param parameters of the address, by name
   */
  static FleetQuery of(Function<String, Optional<String>> parameters) {
    List<String> faults = new ArrayList<>();
    StateFilter state = known(parameters, "state", StateFilter::of, faults).orElse(StateFilter.ALL);
    Order order = known(parameters, "sort", Order::of, faults).orElse(Order.URGENCY);
    int page = known(parameters, "page", FleetQuery::number, faults).orElse(1);
    return new FleetQuery(
        text(parameters, "pool"),
        state,
        text(parameters, "zone"),
        text(parameters, "q"),
        order,
        page,
        faults);
  }

  private static String text(Function<String, Optional<String>> parameters, String name) {
    String text = parameters.apply(name).orElse("").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static <T> Optional<T> known(
      Function<String, Optional<String>> parameters,
      String name,
      Function<String, Optional<T>> reading,
      List<String> faults) {
    String text = text(parameters, name);
    Optional<T> known = text.isEmpty() ? Optional.empty() : reading.apply(text);
    if (!text.isEmpty() && known.isEmpty()) {
      faults.add(name);
    }
    return known;
  }

  private static Optional<Integer> number(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(text);
    return number >= 1 && number <= LAST_PAGE ? Optional.of(number) : Optional.empty();
  }

  boolean wants(NodeRow row) {
    return isOf(pool, row.pool())
        && isOf(zone, row.zone())
        && state.wants().test(row)
        && hasText(row);
  }

  private static boolean isOf(String asked, String has) {
    return asked.isEmpty() || asked.equals(has) || (asked.equals(WITHOUT) && has.isEmpty());
  }

  private boolean hasText(NodeRow row) {
    if (text.isEmpty()) {
      return true;
    }
    String wanted = text.toLowerCase(Locale.ROOT);
    return has(row.name(), wanted)
        || has(row.vm(), wanted)
        || has(row.types(), wanted)
        || row.refusals().keySet().stream().anyMatch(each -> has(each, wanted));
  }

  private static boolean has(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  FleetQuery onPage(int other) {
    return new FleetQuery(pool, state, zone, text, order, other, faults);
  }

  FleetQuery by(Order other) {
    return new FleetQuery(pool, state, zone, text, other, 1, faults);
  }

  FleetQuery in(String otherPool, StateFilter otherState) {
    return new FleetQuery(otherPool, otherState, zone, text, order, 1, faults);
  }

  /** Whether anything but order and page is asked for. */
  boolean isFiltered() {
    return !pool.isEmpty() || !zone.isEmpty() || !text.isEmpty() || !state.word().isEmpty();
  }

  /** For a link: {@code ?pool=a&state=open}; what is as usual is left out. */
  String link() {
    StringBuilder link = new StringBuilder();
    add(link, "pool", pool);
    add(link, "state", state.word());
    add(link, "zone", zone);
    add(link, "q", text);
    add(link, "sort", order == Order.URGENCY ? "" : order.word());
    add(link, "page", page == 1 ? "" : Integer.toString(page));
    return link.isEmpty() ? "?" : link.toString();
  }

  private static void add(StringBuilder link, String name, String value) {
    if (!value.isEmpty()) {
      link.append(link.isEmpty() ? '?' : '&').append(name).append('=');
      link.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
