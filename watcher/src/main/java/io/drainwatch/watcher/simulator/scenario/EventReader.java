package io.drainwatch.watcher.simulator.scenario;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Impact;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads an event as scenarios and the control address write it. With problems there is a plan as
 * well, of no use but for the checks that follow.
 */
final class EventReader {

  private static final List<String> TYPES =
      Arrays.stream(EventKind.values())
          .filter(kind -> kind != EventKind.UNKNOWN)
          .map(EventKind::word)
          .toList();
  private static final List<String> SOURCES = List.of("Platform", "User");
  private static final long MOST_SECONDS = Duration.ofDays(30).toSeconds();

  private EventReader() {}

  static EventPlan read(Fields fields) {
    Optional<String> type = type(fields);
    // without a usable type the rest is read as well, so that all that is wrong comes out at once
    EventPlan.Builder builder = EventPlan.ofType(type.orElse(EventKind.REBOOT.word()));
    fields.name("name").ifPresent(builder::name);
    fields.name("id").ifPresent(builder::id);
    fields.names("resources").ifPresent(builder::on);
    fields.choice("source", SOURCES, word -> word).ifPresent(builder::source);
    fields.text("description").ifPresent(builder::description);
    fields
        .<Optional<Duration>>read(
            "duration",
            text ->
                text.equals("unknown")
                    ? Optional.of(Optional.empty())
                    : DurationText.read(text)
                        .filter(given -> given.toSeconds() <= MOST_SECONDS)
                        .map(Optional::of),
            "is neither a duration of up to 30 days nor the word unknown")
        .ifPresent(builder::duration);
    Optional<Duration> notice = fields.duration("notice");
    notice.ifPresent(builder::notice);
    fields.duration("started-for").ifPresent(builder::startedFor);
    fields.duration("approval-delay").ifPresent(builder::approvalDelay);
    Optional<Duration> cancelAfter = fields.duration("cancel-after");
    cancelAfter.ifPresent(builder::cancelAfter);
    impact(fields).ifPresent(builder::impact);
    if (fields.flag("starts-at-once")) {
      if (builder.build().isAdvice()) {
        fields.problem("starts-at-once", "makes no sense for advice, which never starts");
      } else {
        builder.startsAtOnce();
      }
      for (String key : List.of("notice", "cancel-after", "approval-delay")) {
        if (fields.has(key)) {
          fields.problem(key, "makes no sense with starts-at-once: nothing comes before the start");
        }
      }
    }
    EventPlan plan = builder.build();
    if (cancelAfter.isPresent()
        && !plan.isAdvice()
        && cancelAfter.get().compareTo(plan.notice()) >= 0) {
      fields.problem(
          "cancel-after",
          "is not before the notice of " + plan.notice() + " is over: it has begun");
    }
    fields.end();
    return plan;
  }

  private static Optional<String> type(Fields fields) {
    if (fields.has("new-type")) {
      if (fields.has("type")) {
        fields.problem("new-type", "stands in place of type, not beside it");
      }
      return fields.name("new-type");
    }
    if (!fields.has("type")) {
      fields.problem("type is missing: one of " + TYPES);
      return Optional.empty();
    }
    return fields.read(
        "type",
        text -> TYPES.stream().filter(text::equals).findFirst(),
        "is none of " + TYPES + "; for one that nobody knows yet write new-type");
  }

  /** {@code vm: stays}, {@code vm: gone}, {@code vm: {returns-after: 3s}}. */
  private static Optional<Impact> impact(Fields fields) {
    Optional<Located> value = fields.value("vm");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Located.Mapping) {
      Fields returning = fields.group("vm");
      Optional<Duration> after = returning.duration("returns-after");
      if (!returning.has("returns-after")) {
        returning.problem("needs returns-after");
      }
      returning.end();
      return after.map(Impact.Returns::new);
    }
    return fields.read(
        "vm",
        text ->
            switch (text) {
              case "stays" -> Optional.of(new Impact.Stays());
              case "gone" -> Optional.of(new Impact.Gone());
              default -> Optional.empty();
            },
        "is neither stays nor gone nor {returns-after: 3s}");
  }
}
