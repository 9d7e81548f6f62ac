package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which action a Pre-Scale gets: {@code slipstream.actions} over the table of drain-scripts.md 2.4.
 *
 * @param byType event types in lower case; a type that is not here has the table's action
 */
public record ScalingActions(Map<String, ScalingAction> byType) {

  /** Nothing configured: the table alone. */
  public static final ScalingActions OF_THE_TABLE = new ScalingActions(Map.of());

  private static final String WORDS =
      Arrays.stream(ScalingAction.values())
          .map(ScalingAction::word)
          .collect(Collectors.joining(", "));

  public ScalingActions {
    byType =
        byType.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  /** As configured: the action's word by event type, in lower case. */
  public Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    byType.forEach((type, action) -> words.put(type, action.word()));
    return words;
  }

  /** What is to be told before this event. */
  ScalingAction before(ScheduledEvent event, Effects.SlipStream table) {
    return Optional.ofNullable(byType.get(typeOf(event).toLowerCase(Locale.ROOT)))
        .orElseGet(() -> ScalingAction.of(table.before()));
  }

  // A drain by hand that names no type is a Reboot, as in the drain context.
  private static String typeOf(ScheduledEvent event) {
    return event.source() == EventSource.OPERATOR && event.type().isBlank()
        ? EventKind.REBOOT.word()
        : event.type();
  }

  /**
   * Reads {@code slipstream.actions}.
   *
   * @param configured words by event type as written; types in any case, also such as are not known
   *     yet
   * @param errors gets one sentence for each entry that is wrong; those are left out
   */
  static ScalingActions read(Map<String, String> configured, List<String> errors) {
    Map<String, ScalingAction> actions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    new TreeMap<>(configured)
        .forEach(
            (type, word) -> {
              if (type.isBlank()) {
                errors.add("slipstream.actions: an action without an event type");
                return;
              }
              Optional<ScalingAction> action = ScalingAction.of(word);
              if (action.isEmpty()) {
                errors.add(
                    "slipstream.actions.%s: '%s' is none of %s".formatted(type, word, WORDS));
              } else if (actions.putIfAbsent(type.strip(), action.get()) != null) {
                errors.add("slipstream.actions.%s: given twice".formatted(type));
              }
            });
    return new ScalingActions(actions);
  }
}
