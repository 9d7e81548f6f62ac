package io.drainwatch.drainer.maintenance;

import java.util.List;
import java.util.Optional;

/**
 * The machine's Node is no more (kubernetes-drain.md 3 and 4, item 52): the episode ends where it
 * is, with its one summary. What runs is ended, nothing is acknowledged, nothing is undone: there
 * is nothing left to undo it on.
 *
 * <p>It is let go once its events are over, or once there is a Node again: then what stands in the
 * document begins an episode of its own there. Until then it is kept, because a document without a
 * memory of it would begin it again and again.
 */
final class NodeLoss {
  private NodeLoss() {}

  static void gone(Draft draft) {
    if (hasEnded(draft)) {
      return;
    }
    String why = "the Node is gone";
    List<String> left = draft.unfinishedScripts();
    draft.hold(Episode.Held.NODE_GONE);
    draft.end(hook -> true, why);
    draft.failDrain(DrainResult.Outcome.STOPPED, why, left);
    draft.cordonOurs = false;
    draft.cordon = answered(draft.cordon);
    draft.uncordon = answered(draft.uncordon);
    draft.say(Reason.NODE_GONE, draft.id);
    if (!draft.isSummarized()) {
      draft.summarize(Summary.Ending.NODE_GONE);
    }
  }

  // nobody answers any more, so nobody is to wait
  private static Episode.Step answered(Episode.Step step) {
    return step == Episode.Step.BEGUN ? Episode.Step.NOT_BEGUN : step;
  }

  /** Another Node object under the name, or the same one after all. */
  static void there(Fold fold, boolean drainWasTold) {
    if (fold.draft().filter(NodeLoss::hasEnded).isEmpty()) {
      fold.ifEpisode(draft -> DrainTrack.nodeReplaced(draft, drainWasTold));
    } else if (fold.draft().filter(Draft::anyScriptRuns).isEmpty()) {
      fold.drop();
    } // hooks never overlap: it is said again
  }

  static boolean hasEnded(Draft draft) {
    return draft.held().equals(Optional.of(Episode.Held.NODE_GONE));
  }

  static void advance(Fold fold) {
    fold.ifEpisode(HookSequence::advance);
    boolean isThrough =
        fold.draft()
            .filter(draft -> draft.events().stream().allMatch(TrackedEvent::isGone))
            .filter(draft -> !draft.anyScriptRuns())
            .isPresent();
    if (isThrough) {
      fold.drop();
    }
  }
}
