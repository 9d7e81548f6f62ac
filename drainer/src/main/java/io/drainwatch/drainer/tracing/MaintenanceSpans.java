package io.drainwatch.drainer.tracing;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The spans that end with a step of the core. When they began stands in the record, so it does not
 * matter whether that was seen by this process:
 *
 * <ul>
 *   <li>a state ends when the next one is entered first, the last one with the maintenance
 *   <li>a hook ends when nothing of it goes on any more, a script when it has its result; between
 *       two calls it goes on
 *   <li>the whole ends with the summary
 * </ul>
 */
public final class MaintenanceSpans {
  private MaintenanceSpans() {}

  public static List<Span> of(Watch before, Observation observation, Transition step, Instant at) {
    Watch after = step.watch();
    if (after.machine().isEmpty()) {
      return List.of(); // a record that may be another machine's (I4)
    }
    List<Span> spans = new ArrayList<>();
    after
        .episode()
        .ifPresent(
            episode -> {
              Optional<Episode> known =
                  before.episode().filter(each -> each.id().equals(episode.id()));
              HookSpans.ended(known, episode, observation, at).forEach(spans::add);
              Collection<MaintenanceState> seen =
                  known.map(each -> each.entered().keySet()).orElse(Set.of());
              states(episode.id(), types(episode), episode.entered(), Optional.empty()).stream()
                  .filter(span -> !seen.contains(span.until()))
                  .forEach(span -> spans.add(span.span()));
            });
    for (Action action : step.actions()) {
      if (action instanceof Action.Summarize(Summary summary)) {
        spans.addAll(atTheEnd(summary));
      }
    }
    return spans;
  }

  /**
   * What ended in the time before this process began, and may not have been told: the same spans
   * under the same ids.
   */
  public static List<Span> again(Episode episode, Instant since) {
    return states(episode.id(), types(episode), episode.entered(), Optional.empty()).stream()
        .map(StateSpan::span)
        .filter(span -> !span.to().isBefore(since))
        .toList();
  }

  /** Likewise of a maintenance that is over. */
  public static List<Span> again(Summary summary, Instant since) {
    List<Span> all = new ArrayList<>();
    states(summary.episode(), types(summary), summary.entered(), Optional.empty())
        .forEach(state -> all.add(state.span()));
    all.addAll(atTheEnd(summary));
    return all.stream().filter(span -> !span.to().isBefore(since)).toList();
  }

  /** The last state, and the whole. */
  private static List<Span> atTheEnd(Summary summary) {
    List<Span> spans = new ArrayList<>();
    List<StateSpan> states =
        states(
            summary.episode(), types(summary), summary.entered(), Optional.of(summary.endedAt()));
    if (!states.isEmpty()) {
      spans.add(states.getLast().span());
    }
    spans.add(whole(summary));
    return spans;
  }

  private static Span whole(Summary summary) {
    String types = types(summary);
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("drainwatch.maintenance", summary.episode());
    attributes.put("drainwatch.event.type", types);
    attributes.put("drainwatch.vm", summary.vmName());
    attributes.put("drainwatch.outcome", word(summary.ending()));
    attributes.put("drainwatch.drain", word(summary.drain()));
    attributes.put(
        "drainwatch.acknowledged",
        summary.events().stream().anyMatch(Summary.EventSummary::acknowledged));
    attributes.put("drainwatch.rebooted", summary.rebooted());
    attributes.put("drainwatch.scripts.succeeded", (long) summary.scriptsSucceeded());
    attributes.put("drainwatch.scripts.failed", (long) summary.scriptsFailed());
    return new Span(
        TraceId.of(summary.episode()),
        SpanId.ofTheWhole(summary.episode()),
        Optional.empty(),
        "maintenance " + types,
        summary.begunAt(),
        summary.endedAt(),
        attributes,
        isFault(summary.drain())
            ? Optional.of("drain " + word(summary.drain()))
            : Optional.empty());
  }

  private static boolean isFault(DrainResult.Outcome drain) {
    return switch (drain) {
      case FAILED, DEADLINE_REACHED, STARTED_FIRST -> true;
      case OPEN, COMPLETE, STOPPED -> false;
    };
  }

  /**
   * @param until the state that ended it; for the last one itself
   */
  private record StateSpan(MaintenanceState until, Span span) {}

  /**
   * @param end of the last state; empty: it goes on
   */
  private static List<StateSpan> states(
      String maintenance,
      String types,
      Map<MaintenanceState, Instant> entered,
      Optional<Instant> end) {
    List<Map.Entry<MaintenanceState, Instant>> order =
        entered.entrySet().stream()
            .sorted(
                Map.Entry.<MaintenanceState, Instant>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    List<StateSpan> spans = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      MaintenanceState state = order.get(i).getKey();
      Instant from = order.get(i).getValue();
      boolean isLast = i == order.size() - 1;
      Optional<Instant> to = isLast ? end : Optional.of(order.get(i + 1).getValue());
      MaintenanceState until = isLast ? state : order.get(i + 1).getKey();
      to.ifPresent(
          moment ->
              spans.add(
                  new StateSpan(
                      until,
                      new Span(
                          TraceId.of(maintenance),
                          SpanId.of(maintenance, state),
                          Optional.of(SpanId.ofTheWhole(maintenance)),
                          state.word(),
                          from,
                          moment,
                          Map.of(
                              "drainwatch.maintenance", maintenance,
                              "drainwatch.event.type", types),
                          Optional.empty()))));
    }
    return spans;
  }

  static String types(Episode episode) {
    return joined(episode.events().stream().map(TrackedEvent::event).map(it -> it.type()).toList());
  }

  private static String types(Summary summary) {
    return joined(summary.events().stream().map(Summary.EventSummary::type).toList());
  }

  private static String joined(List<String> types) {
    return String.join("+", types.stream().distinct().toList());
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
