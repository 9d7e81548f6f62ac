package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.pages.Badge;
import io.drainwatch.watcher.pages.ShownText;
import io.drainwatch.watcher.pages.Tone;
import io.drainwatch.watcher.report.EpisodeStatus.EventStanding;
import java.util.List;
import java.util.Optional;

/**
 * One event as the platform told it, and what our policy makes of it.
 *
 * @param rule its name, and what it asks for
 */
record EventView(
    String id,
    String type,
    Badge status,
    String source,
    String description,
    String resources,
    Moment firstSeen,
    Optional<Moment> notBefore,
    String rule) {
  private static final int MOST_RESOURCES = 20;
  private static final int LONGEST_DESCRIPTION = 1000;

  static EventView of(EventStanding event) {
    return new EventView(
        ShownText.of(event.id(), 100),
        ShownText.of(event.type(), 60),
        status(event),
        ShownText.of(event.source(), 60),
        ShownText.of(event.description(), LONGEST_DESCRIPTION),
        resources(event.resources()),
        Moment.of(event.firstSeen()),
        event.notBefore().map(Moment::of),
        ShownText.of(
            event.rule() + ": " + event.action() + ", acknowledge " + event.acknowledge()));
  }

  private static Badge status(EventStanding event) {
    if (event.gone()) {
      return new Badge("gone", Tone.CALM);
    }
    if (!event.inNewestDocument() && !event.source().equals("Operator")) {
      return new Badge("missing from the newest document", Tone.PLANNED);
    }
    return new Badge(event.status(), event.status().equals("Started") ? Tone.AWAY : Tone.PLANNED);
  }

  private static String resources(List<String> names) {
    String shown =
        String.join(", ", names.stream().limit(MOST_RESOURCES).map(ShownText::of).toList());
    int more = names.size() - MOST_RESOURCES;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
