package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<Hook, HookRun> hooks = new EnumMap<>(Hook.class);

  HookDraft(
      Map<Hook, HookRun> hooks, LifecycleSettings settings, Instant now, List<Action> actions) {
    this.hooks.putAll(hooks);
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
    return hooks;
  }

  final Optional<HookRun> hook(Hook hook) {
    return Optional.ofNullable(hooks.get(hook));
  }

  final void change(Hook hook, UnaryOperator<HookRun> change) {
    hooks.computeIfPresent(hook, (key, run) -> change.apply(run));
  }

  /** Begins a hook unless it was begun before. */
  final void begin(Hook hook) {
    if (!hooks.containsKey(hook)) {
      hooks.put(hook, HookRun.asked(hook, now));
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
