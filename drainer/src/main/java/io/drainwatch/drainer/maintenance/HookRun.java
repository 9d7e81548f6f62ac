package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How far one hook is, in this episode.
 *
 * @param listed false while the shell still looks for its scripts
 * @param aborted nothing of it starts any more; what runs may still be running
 */
public record HookRun(
    Hook hook, boolean listed, boolean aborted, Instant begunAt, List<ScriptRun> scripts) {

  static final String LISTED_TWICE = "another script of this hook has the same name";

  public HookRun {
    scripts = List.copyOf(scripts);
  }

  static HookRun asked(Hook hook, Instant now) {
    return new HookRun(hook, false, false, now, List.of());
  }

  HookRun listed(List<List<PlannedScript>> rows) {
    List<ScriptRun> planned = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      for (PlannedScript script : rows.get(row)) {
        planned.add(
            names.add(script.name())
                ? ScriptRun.planned(script, row)
                : ScriptRun.planned(listedTwice(script, names), row));
      }
    }
    return new HookRun(hook, true, aborted, begunAt, planned);
  }

  /** Scripts that were not listed before come after those that were. */
  HookRun withNewOf(List<List<PlannedScript>> rows) {
    List<ScriptRun> all = new ArrayList<>(scripts);
    Set<String> names =
        scripts.stream().map(ScriptRun::name).collect(Collectors.toCollection(HashSet::new));
    int first = scripts.stream().mapToInt(ScriptRun::row).max().orElse(-1) + 1;
    for (int row = 0; row < rows.size(); row++) {
      for (PlannedScript script : rows.get(row)) {
        if (names.add(script.name())) {
          all.add(ScriptRun.planned(script, first + row));
        }
      }
    }
    return new HookRun(hook, listed, aborted, begunAt, all);
  }

  // Results come back by name. Which of two is meant cannot be told, so the second is refused:
  // leaving it out in silence could call a machine drained that is not.
  private static PlannedScript listedTwice(PlannedScript script, Set<String> names) {
    int copy = 2;
    while (!names.add(script.name() + " (" + copy + ")")) {
      copy++;
    }
    return new PlannedScript(
        script.name() + " (" + copy + ")", script.contract(), Optional.of(LISTED_TWICE));
  }

  /** Nothing of this hook starts or goes on. */
  public boolean isFinished() {
    return aborted
        ? scripts.stream().noneMatch(ScriptRun::isRunning)
        : listed && scripts.stream().allMatch(ScriptRun::isOver);
  }

  public boolean hasFailed() {
    return scripts.stream().anyMatch(script -> script.phase() == ScriptRun.Phase.FAILED);
  }

  /** Something before this contract's scripts has failed; commands are one after another too. */
  boolean hasFailedBefore(Contract contract) {
    int first = contract == Contract.BOSH_COMMAND ? 1 : 0;
    return scripts.stream()
        .anyMatch(
            script ->
                script.phase() == ScriptRun.Phase.FAILED
                    && script.contract().compareTo(contract) < first);
  }

  /** When the first script of this contract was called. */
  Optional<Instant> begunAt(Contract contract) {
    return scripts.stream()
        .filter(script -> script.contract() == contract)
        .flatMap(script -> script.begunAt().stream())
        .min(Instant::compareTo);
  }

  /** The first row that is not through yet. */
  int currentRow() {
    return scripts.stream()
        .filter(script -> !script.isOver())
        .mapToInt(ScriptRun::row)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  Optional<ScriptRun> script(String name) {
    return scripts.stream().filter(script -> script.name().equals(name)).findFirst();
  }

  HookRun with(String script, UnaryOperator<ScriptRun> change) {
    return new HookRun(
        hook,
        listed,
        aborted,
        begunAt,
        scripts.stream()
            .map(each -> each.name().equals(script) ? change.apply(each) : each)
            .toList());
  }

  HookRun withAll(UnaryOperator<ScriptRun> change) {
    return new HookRun(hook, listed, aborted, begunAt, scripts.stream().map(change).toList());
  }

  HookRun shifted(Duration by) {
    return new HookRun(
        hook,
        listed,
        aborted,
        begunAt.plus(by),
        scripts.stream().map(script -> script.shifted(by)).toList());
  }

  HookRun abort() {
    return new HookRun(hook, listed, true, begunAt, scripts);
  }

  List<String> namesOf(ScriptRun.Phase phase) {
    return scripts.stream().filter(script -> script.phase() == phase).map(ScriptRun::name).toList();
  }

  /** Scripts that did not get to an end by themselves, for the record of what was left. */
  List<String> unfinished() {
    return scripts.stream()
        .filter(script -> !script.isOver())
        .map(script -> hook.word() + "/" + script.name())
        .toList();
  }
}
