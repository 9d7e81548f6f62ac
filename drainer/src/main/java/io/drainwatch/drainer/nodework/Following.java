package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.nodework.NodeState.Orders;
import java.time.Instant;
import java.util.Optional;

/** Takes in what the core decided. */
final class Following {
  private Following() {}

  static void take(NodeDraft draft, NodeObservation.Stepped stepped) {
    draft.machine = stepped.machine();
    draft.writes = draft.writes.following(stepped.episode());
    Optional<Episode> before = draft.episode;
    draft.episode = stepped.episode();
    boolean isAnother =
        !before.map(Episode::id).equals(draft.episode.map(Episode::id)) && before.isPresent();
    if (isAnother) {
      ended(draft, before);
    }
    stepped.asked().forEach(action -> order(draft, action));
    EpisodeNews.tell(draft, isAnother ? Optional.empty() : before);
  }

  // What stands on the Node is another episode's now, or is cleared away.
  private static void ended(NodeDraft draft, Optional<Episode> before) {
    if (draft.evicting.told().isPresent()) {
      draft.act(new NodeAction.CancelRequests());
    }
    boolean isOver = draft.episode.isEmpty();
    boolean mustClear = isOver && draft.record.isPresent();
    boolean isGivenBack =
        draft.returning.gaveBack().isPresent()
            && draft.returning.gaveBack().equals(before.map(Episode::id));
    Optional<Instant> letGo =
        before.filter(each -> isOver && !mustClear && !isGivenBack).map(Episode::stamp);
    // an episode that took over waits for the answer to its predecessor's order
    boolean cordonIsAwaited =
        draft.orders.cordon()
            && draft.episode.filter(each -> each.cordon() == Episode.Step.BEGUN).isPresent();
    draft.orders = new Orders(cordonIsAwaited, Optional.empty(), false, false, false, mustClear);
    draft.evicting =
        new NodeState.Evicting(
            draft.evicting.watching(),
            isOver ? Optional.empty() : draft.evicting.cordonedAt(),
            Optional.empty(),
            draft.evicting.seen(),
            draft.evicting.evictionKnown(),
            draft.evicting.state().forAnotherDrain(draft.now));
    draft.fence = draft.fence.anew(draft.fence.notBefore());
    draft.detach = draft.detach.forAnother();
    draft.preflight = NodeState.Preflight.NONE;
    draft.returning = draft.returning.forAnother();
    draft.returning = draft.returning.lettingGo(letGo);
    Yielding.nextEpisode(draft);
    draft.look = MachineLook.NONE;
    draft.permit = Permit.NONE;
    draft.workedOn = Optional.empty();
    draft.marks = draft.settings.marks();
    draft.forgetWhatWasTold();
  }

  private static void order(NodeDraft draft, Action action) {
    Orders now = draft.orders;
    if (action instanceof Action.Cordon || action instanceof Action.Uncordon) {
      draft.wentThrough(); // what failed before was less urgent
    }
    switch (action) {
      case Action.Cordon() ->
          draft.orders =
              new Orders(true, now.evict(), now.stopped(), now.ended(), now.uncordon(), false);
      case Action.StartEvictions start ->
          draft.orders =
              new Orders(now.cordon(), Optional.of(start), false, false, now.uncordon(), false);
      case Action.StopEvictions() ->
          draft.orders =
              new Orders(now.cordon(), now.evict(), true, now.ended(), now.uncordon(), false);
      case Action.Uncordon uncordon ->
          draft.orders = new Orders(false, Optional.empty(), true, now.ended(), true, false);
      default -> {}
    }
  }
}
