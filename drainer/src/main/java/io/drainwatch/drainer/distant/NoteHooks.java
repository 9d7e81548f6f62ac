package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScriptRun;
import io.drainwatch.drainer.nodes.ObservationNote.HookNote;
import io.drainwatch.drainer.nodes.ObservationNote.HookOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far each hook of the open episode is that has scripts. One that was told of and then turns
 * out to have none any more is told of as succeeded: somebody may wait for it.
 */
final class NoteHooks {
  private NoteHooks() {}

  static List<HookNote> of(DistantDraft draft) {
    List<HookNote> notes = new ArrayList<>();
    Map<Hook, HookNote> known = new EnumMap<>(Hook.class);
    draft
        .episode()
        .ifPresent(
            episode -> {
              for (Hook hook : Hook.values()) {
                note(draft, episode, hook)
                    .ifPresent(
                        note -> {
                          notes.add(note);
                          known.put(hook, note);
                        });
              }
            });
    draft.hooks = known;
    return notes;
  }

  private static Optional<HookNote> note(DistantDraft draft, Episode episode, Hook hook) {
    Optional<HookRun> run = Optional.ofNullable(episode.hooks().get(hook));
    boolean hasScripts =
        draft.planned.contains(hook)
            || run.filter(each -> !each.scripts().isEmpty()).isPresent()
            || isToldOf(draft, episode, hook);
    if (hook.isOfPeers() || !hasScripts) {
      return Optional.empty();
    }
    // what the episode went past without it will not run any more: nobody is to wait for it
    HookOutcome outcome =
        run.map(NoteHooks::outcome)
            .orElse(isPast(episode, hook) ? HookOutcome.SUCCEEDED : HookOutcome.PLANNED);
    String reason = outcome == HookOutcome.FAILED ? run.map(NoteHooks::reason).orElse("") : "";
    return Optional.of(
        new HookNote(
            episode.id(), hook.word(), outcome, at(draft, episode, hook, outcome), reason));
  }

  private static boolean isPast(Episode episode, Hook hook) {
    return hook.isOfReturn()
        && hook != Hook.UNCORDON
        && episode.state() == MaintenanceState.UNCORDONED;
  }

  private static boolean isToldOf(DistantDraft draft, Episode episode, Hook hook) {
    return Optional.ofNullable(draft.hooks.get(hook))
        .filter(each -> each.episode().equals(episode.id()))
        .isPresent();
  }

  private static HookOutcome outcome(HookRun run) {
    if (!run.isFinished()) {
      return HookOutcome.RUNNING;
    }
    boolean allAreThrough =
        run.listed()
            && run.scripts().stream().allMatch(each -> each.phase() == ScriptRun.Phase.SUCCEEDED);
    return allAreThrough ? HookOutcome.SUCCEEDED : HookOutcome.FAILED;
  }

  private static String reason(HookRun run) {
    return run.scripts().stream()
        .filter(each -> each.phase() == ScriptRun.Phase.FAILED)
        .findFirst()
        .map(each -> each.name() + each.reason().map(why -> ": " + why).orElse(""))
        .orElse("stopped");
  }

  // The moment of a change, and not of the look: the same is told once.
  private static Instant at(DistantDraft draft, Episode episode, Hook hook, HookOutcome outcome) {
    return Optional.ofNullable(draft.hooks.get(hook))
        .filter(each -> each.episode().equals(episode.id()) && each.outcome() == outcome)
        .map(HookNote::at)
        .orElse(draft.now);
  }
}
