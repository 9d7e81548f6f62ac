package io.drainwatch.drainer.tracing;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.ScriptRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hooks and scripts that have come to their end with a step. */
final class HookSpans {
  private HookSpans() {}

  /**
   * @param before the same episode; empty: it was not there
   * @param now as it is after the step
   */
  static List<Span> ended(
      Optional<Episode> before, Episode now, Observation observation, Instant at) {
    List<Span> spans = new ArrayList<>();
    for (HookRun run : now.hooks().values().stream().sorted(IN_ORDER).toList()) {
      Optional<HookRun> old = before.map(each -> each.hooks().get(run.hook()));
      for (ScriptRun script : run.scripts()) {
        if (script.isOver() && !wasOver(old, script)) {
          spans.add(script(now, run, script, observation, at));
        }
      }
      boolean wasFinished = old.filter(HookRun::isFinished).isPresent();
      if (run.isFinished() && !wasFinished) {
        spans.add(hook(now, run, at));
      }
    }
    return spans;
  }

  private static final Comparator<HookRun> IN_ORDER = Comparator.comparing(HookRun::hook);

  private static boolean wasOver(Optional<HookRun> old, ScriptRun script) {
    return old.stream()
        .flatMap(run -> run.scripts().stream())
        .anyMatch(each -> each.name().equals(script.name()) && each.isOver());
  }

  private static Span script(
      Episode episode, HookRun run, ScriptRun script, Observation observation, Instant at) {
    Map<String, Object> attributes = attributes(episode, run.hook());
    attributes.put("drainwatch.script", script.name());
    attributes.put("drainwatch.calls", (long) script.attempts());
    attributes.put("drainwatch.outcome", MaintenanceSpans.word(script.phase()));
    exitCode(run.hook(), script.name(), observation)
        .ifPresent(code -> attributes.put("process.exit.code", code));
    boolean hasFailed = script.phase() == ScriptRun.Phase.FAILED;
    return new Span(
        TraceId.of(episode.id()),
        SpanId.of(episode.id(), run.hook(), script.name()),
        Optional.of(SpanId.of(episode.id(), run.hook())),
        run.hook().word() + "/" + script.name(),
        script.begunAt().orElse(at),
        at,
        attributes,
        hasFailed ? Optional.of(script.reason().orElse("failed")) : Optional.empty());
  }

  private static Optional<Long> exitCode(Hook hook, String script, Observation observation) {
    return observation
                instanceof
                Observation.ScriptEnded(Hook ofHook, String name, int attempt, var outcome)
            && ofHook == hook
            && name.equals(script)
        ? switch (outcome) {
          case ScriptOutcome.Exited(int code) -> Optional.of((long) code);
          case ScriptOutcome.Tolerated(int code) -> Optional.of((long) code);
          case ScriptOutcome.StaticDrain drain -> Optional.of(0L);
          case ScriptOutcome.DynamicDrain drain -> Optional.of(0L);
          case ScriptOutcome.Unacceptable answer -> Optional.empty();
          case ScriptOutcome.Ended ended -> Optional.empty();
          case ScriptOutcome.NotStarted never -> Optional.empty();
        }
        : Optional.empty();
  }

  private static Span hook(Episode episode, HookRun run, Instant at) {
    Map<String, Object> attributes = attributes(episode, run.hook());
    long failed =
        run.scripts().stream().filter(each -> each.phase() == ScriptRun.Phase.FAILED).count();
    String outcome = failed > 0 ? "failed" : run.aborted() ? "stopped" : "succeeded";
    attributes.put("drainwatch.outcome", outcome);
    attributes.put("drainwatch.scripts", (long) run.scripts().size());
    return new Span(
        TraceId.of(episode.id()),
        SpanId.of(episode.id(), run.hook()),
        Optional.of(parent(episode, run)),
        "hook " + run.hook().word(),
        run.begunAt(),
        at,
        attributes,
        failed > 0 ? Optional.of(failed + " of its scripts failed") : Optional.empty());
  }

  /** The state it began in; the whole where that cannot be told. */
  private static SpanId parent(Episode episode, HookRun run) {
    return episode.entered().entrySet().stream()
        .filter(each -> !each.getValue().isAfter(run.begunAt()))
        .max(
            Map.Entry.<MaintenanceState, Instant>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(state -> SpanId.of(episode.id(), state.getKey()))
        .orElseGet(() -> SpanId.ofTheWhole(episode.id()));
  }

  private static Map<String, Object> attributes(Episode episode, Hook hook) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("drainwatch.maintenance", episode.id());
    attributes.put("drainwatch.event.type", MaintenanceSpans.types(episode));
    attributes.put("drainwatch.hook", hook.word());
    return attributes;
  }
}
