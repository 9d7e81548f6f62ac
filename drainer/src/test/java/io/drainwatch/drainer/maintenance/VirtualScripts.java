package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The scripts of a virtual VM: which there are, what a call of one does, which run. */
final class VirtualScripts {
  private final Map<Hook, Map<String, BiFunction<Hook, Integer, VirtualVm.Behaviour>>> behaviours =
      new EnumMap<>(Hook.class);
  private final Map<Hook, List<List<PlannedScript>>> listings = new EnumMap<>(Hook.class);
  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, Runnable> killers = new HashMap<>();

  void add(Hook hook, String name, BiFunction<Hook, Integer, VirtualVm.Behaviour> byCall) {
    behaviours.computeIfAbsent(hook, key -> new TreeMap<>()).put(name, byCall);
  }

  /** What a listing of the hook shows from now on, whatever scripts there are. */
  void listing(Hook hook, List<List<PlannedScript>> rows) {
    listings.put(hook, rows);
  }

  List<List<PlannedScript>> rows(Hook hook) {
    return listings.getOrDefault(
        hook,
        behaviours.getOrDefault(hook, Map.of()).keySet().stream()
            .map(name -> List.of(PlannedScript.runs(name)))
            .toList());
  }

  VirtualVm.Behaviour call(Hook hook, String name, int attempt) {
    return Optional.ofNullable(behaviours.getOrDefault(hook, Map.of()).get(name))
        .map(byCall -> byCall.apply(hook, attempt))
        .orElse(
            new VirtualVm.Behaviour(
                Optional.of(Duration.ZERO), new ScriptOutcome.NotStarted("no such file"), false));
  }

  void begun(String name, int attempt, Runnable killer) {
    running.put(name, attempt);
    killers.put(name, killer);
  }

  /** Whether this very call was still running. */
  boolean ended(String name, int attempt) {
    boolean ran = running.remove(name, attempt);
    if (ran) {
      killers.remove(name);
    }
    return ran;
  }

  Optional<Runnable> killer(String name) {
    return Optional.ofNullable(killers.get(name));
  }

  void killAll() {
    running.clear();
    killers.clear();
  }

  Set<String> running() {
    return Set.copyOf(running.keySet());
  }
}
