package io.drainwatch.watcher.fleetpage;

import io.drainwatch.watcher.pages.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of a list to choose from. */
record Choice(String value, String text, boolean chosen) {
  /** Of a label's value. */
  private static final int LONGEST = 63;

  /**
   * Names of pools or zones, as far as they can be labels; the chosen one is among them whether or
   * not it is there.
   *
   * @param all the first so many of these
   */
  static List<Choice> among(String any, String without, List<String> all, String chosen) {
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("", any, chosen.isEmpty()));
    boolean hasNameless = all.contains("");
    if (hasNameless || chosen.equals(FleetQuery.WITHOUT)) {
      choices.add(new Choice(FleetQuery.WITHOUT, without, chosen.equals(FleetQuery.WITHOUT)));
    }
    Stream.concat(
            all.stream().limit(FleetPage.MOST_CHOICES),
            Stream.of(chosen).filter(each -> !each.equals(FleetQuery.WITHOUT)))
        .filter(each -> !each.isEmpty() && each.equals(ShownText.of(each, LONGEST)))
        .distinct()
        .sorted()
        .forEach(each -> choices.add(new Choice(each, each, each.equals(chosen))));
    return choices;
  }
}
