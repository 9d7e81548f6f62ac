package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The hooks of an episode, or of a removal, while one observation is worked in: what {@link
 * HookSequence} goes by. Whose hooks they are decides whether a script may start, by when it must
 * be over, and how long it has between SIGTERM and SIGKILL.
 */
abstract class HookDraft {
  static final Duration GRACE = Duration.ofSeconds(10);

  final Instant now;
  final LifecycleSettings settings;
  private final List<Action> actions;
  private final Map<Hook, HookRun> before;
  private final Map<Hook, HookRun> hooks = new EnumMap<>(Hook.class);
  private boolean isChanged;

  /**
   * @param before none of its hooks is changed
   */
  HookDraft(
      Map<Hook, HookRun> before, LifecycleSettings settings, Instant now, List<Action> actions) {
    this.before = before;
    hooks.putAll(before);
    this.settings = settings;
    this.now = now;
    this.actions = actions;
  }

  abstract boolean mayStart(Hook hook);

  /** Bounds the hooks before Drained and {@code scheduled}. */
  abstract Optional<Instant> deadline();

  /** What a script has between SIGTERM and SIGKILL. */
  abstract Duration grace();

  final void emit(Action action) {
    actions.add(action);
  }

  final void say(Reason reason, String detail) {
    actions.add(new Action.Notify(reason, detail));
  }

  final Map<Hook, HookRun> hooks() {
    return Collections.unmodifiableMap(hooks);
  }

  /** The very same as before where nothing has changed: to compare and to copy it costs nothing. */
  final Map<Hook, HookRun> hooksToKeep() {
    return isChanged ? hooks : before;
  }

  final Optional<HookRun> hook(Hook hook) {
    return Optional.ofNullable(hooks.get(hook));
  }

  final void change(Hook hook, UnaryOperator<HookRun> change) {
    hooks.computeIfPresent(hook, (key, run) -> noted(run, change.apply(run)));
  }

  final void changeAll(BiFunction<Hook, HookRun, HookRun> change) {
    hooks.replaceAll((hook, run) -> noted(run, change.apply(hook, run)));
  }

  private HookRun noted(HookRun run, HookRun changed) {
    isChanged |= !changed.equals(run);
    return changed;
  }

  /** Begins a hook unless it was begun before. */
  final void begin(Hook hook) {
    if (!hooks.containsKey(hook)) {
      hooks.put(hook, HookRun.asked(hook, now));
      isChanged = true;
      emit(new Action.ListHook(hook));
    }
  }

  final void end(Hook hook, String script, String why) {
    end(hook, script, why, grace());
  }

  final void end(Hook hook, String script, String why, Duration within) {
    change(hook, run -> run.with(script, each -> each.endingFor(why)));
    emit(new Action.EndScript(hook, script, within, why));
  }
}
