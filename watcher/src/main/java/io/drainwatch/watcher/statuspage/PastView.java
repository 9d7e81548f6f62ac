package io.drainwatch.watcher.statuspage;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.Summary.EventSummary;
import io.drainwatch.watcher.pages.Badge;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.ShownTime;
import io.drainwatch.watcher.pages.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A maintenance that is over.
 *
 * @param took from its first event to its end
 * @param drain what became of it, and how long it took
 * @param notice really given for the first event
 * @param states how long it was in which
 */
record PastView(
    String id,
    Moment begun,
    String types,
    Badge ending,
    String took,
    String drain,
    Optional<String> notice,
    String acknowledged,
    String left,
    List<Stay> states) {

  /** In one state. */
  record Stay(String state, String took) {}

  PastView {
    states = List.copyOf(states);
  }

  static PastView of(Summary summary) {
    return new PastView(
        "past-" + Integer.toHexString((summary.episode() + summary.begunAt()).hashCode()),
        Moment.of(summary.begunAt()),
        summary.events().stream()
            .map(event -> ShownText.of(event.type(), 60))
            .distinct()
            .limit(5)
            .collect(Collectors.joining(" + ")),
        new Badge(word(summary.ending()), tone(summary)),
        between(summary.begunAt(), summary.endedAt()),
        word(summary.drain())
            + summary.drainTook().map(took -> " in " + ShownTime.duration(took)).orElse("")
            + (summary.drainReason().isEmpty() ? "" : ": " + ShownText.of(summary.drainReason())),
        summary.events().stream()
            .flatMap(event -> event.notice().stream())
            .findFirst()
            .map(ShownTime::duration),
        acknowledged(summary.events()),
        ShownText.of(String.join(", ", summary.left())),
        stays(summary));
  }

  private static List<Stay> stays(Summary summary) {
    List<Map.Entry<MaintenanceState, Instant>> entered =
        summary.entered().entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    List<Stay> stays = new ArrayList<>();
    for (int at = 0; at < entered.size(); at++) {
      Instant end = at + 1 < entered.size() ? entered.get(at + 1).getValue() : summary.endedAt();
      stays.add(
          new Stay(entered.get(at).getKey().word(), between(entered.get(at).getValue(), end)));
    }
    return stays;
  }

  private static String between(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    return ShownTime.duration(time.isNegative() ? Duration.ZERO : time);
  }

  private static Tone tone(Summary summary) {
    return switch (summary.ending()) {
      case RETURNED, CANCELLED, OVERTAKEN -> isWorse(summary.drain()) ? Tone.BAD : Tone.DONE;
      case GONE, DEALLOCATED, NODE_GONE -> Tone.AWAY;
    };
  }

  private static boolean isWorse(DrainResult.Outcome drain) {
    return drain == DrainResult.Outcome.FAILED || drain == DrainResult.Outcome.DEADLINE_REACHED;
  }

  private static String acknowledged(List<EventSummary> events) {
    long yes = events.stream().filter(EventSummary::acknowledged).count();
    if (yes == 0) {
      return "no";
    }
    return yes == events.size() ? "yes" : yes + " of " + events.size() + " events";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
