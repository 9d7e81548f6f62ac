package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.evictions.CompletionFence;
import io.drainwatch.drainer.evictions.FenceVerdict;
import io.drainwatch.drainer.evictions.NodeFacts;
import io.drainwatch.drainer.evictions.Pace;
import io.drainwatch.drainer.evictions.PodList;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodework.NodeState.Fence;
import io.drainwatch.drainer.pods.PodView;
import io.drainwatch.drainer.pods.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks for what the completion fence is decided by (section 12): two lists of its own, then the
 * Node. The view only says when it is worth trying.
 */
final class Fencing {
  private static final Duration APART = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private Fencing() {}

  /** A list because the view is too old. */
  static void look(NodeDraft draft) {
    if (!draft.fence.listing() && !draft.now.isBefore(draft.fence.notBefore())) {
      list(draft);
    }
  }

  static void advance(NodeDraft draft) {
    if (draft.fence.listing()) {
      return;
    }
    if (!isWorthTrying(draft)) {
      if (draft.fence.first().isPresent()) {
        restart(draft, draft.now);
      }
      return;
    }
    if (draft.fence.second().isPresent()) {
      if (!Detaching.attached(draft).isEmpty()) {
        restart(draft, draft.now);
      } else if (!Detaching.isDetachedSince(draft, draft.fence.second().get().ended())) {
        Detaching.ask(draft);
      } else if (!draft.now.isBefore(draft.writes.notBefore())) {
        draft.readNode();
      }
    } else if (draft.fence.first().isEmpty() && !Detaching.isDetachedSince(draft, Instant.MIN)) {
      Detaching.ask(draft); // detaching takes its time: the lists come after it
    } else if (!draft.now.isBefore(nextList(draft.fence, draft))) {
      list(draft);
    }
  }

  private static boolean isWorthTrying(NodeDraft draft) {
    boolean drains =
        draft.evicting.told().isPresent() && !draft.orders.stopped() && !draft.orders.ended();
    return (drains || Permitting.waitsForAFence(draft))
        && draft.isCordoned()
        && draft.evicting.seen().isPresent()
        && Judging.round(
                    draft,
                    draft.evicting.seen().get().view(),
                    draft.evicting.seen().get().serverAhead())
                .emptiness()
            == Round.Emptiness.EMPTY;
  }

  /** When the next list of the fence is due. */
  private static Instant nextList(Fence fence, NodeDraft draft) {
    return nextList(fence, draft.evicting.cordonedAt(), draft.settings).orElse(draft.now);
  }

  /** Empty: at once. */
  static Optional<Instant> nextList(
      Fence fence, Optional<Instant> cordonedAt, NodeSettings settings) {
    if (fence.first().isPresent()) {
      return fence.first().map(list -> list.ended().plus(APART));
    }
    Optional<Instant> settled = cordonedAt.map(at -> earliestFirst(at, settings));
    return settled
        .filter(at -> at.isAfter(fence.notBefore()))
        .or(() -> Optional.of(fence.notBefore()));
  }

  // The second list has to begin after the settling: a first one that is earlier is of no use.
  private static Instant earliestFirst(Instant cordonedAt, NodeSettings settings) {
    return cordonedAt.plus(settings.settle()).minus(APART).plusMillis(1);
  }

  private static void list(NodeDraft draft) {
    draft.fence = draft.fence.listing(true);
    draft.act(new NodeAction.ListPods());
  }

  private static void restart(NodeDraft draft, Instant notBefore) {
    draft.fence = draft.fence.anew(notBefore);
  }

  static void listed(NodeDraft draft, PodListing listing) {
    draft.fence = draft.fence.listing(false);
    switch (listing) {
      case PodListing.Failed(String why, Duration retryAfter) -> {
        draft.fence = draft.fence.failed(draft.fence.failures() + 1);
        Duration wait = again(draft, retryAfter);
        draft.trouble(
            "listing the pods of %s failed (%s); listed again in %d s"
                .formatted(draft.nodeName, why, wait.toSeconds()));
        restart(draft, draft.now.plus(wait));
      }
      case PodListing.Complete complete -> {
        draft.fence = draft.fence.failed(0);
        complete(draft, complete);
      }
    }
  }

  // 1 to 30 s like every request that fails (section 8), less while a deadline is near; a wait that
  // the server asks for is obeyed.
  private static Duration again(NodeDraft draft, Duration retryAfter) {
    Optional<Instant> deadline =
        draft.orders.evict().flatMap(Action.StartEvictions::deadline).filter(draft.now::isBefore);
    Duration own = Pace.within(Pace.doubling(draft.fence.failures()), deadline, draft.now);
    return own.compareTo(retryAfter) < 0 ? retryAfter : own;
  }

  private static void complete(NodeDraft draft, PodListing.Complete listed) {
    if (draft.node.isEmpty()) {
      return;
    }
    Duration serverAhead = Duration.between(listed.ended(), listed.serverNow());
    PodView view = new PodView(listed.pods(), Optional.of(listed.begun()));
    PodList list =
        new PodList(
            Judging.evictable(draft, Judging.round(draft, view, serverAhead)),
            true,
            listed.begun(),
            listed.ended());
    boolean isNeeded =
        draft.evicting.seen().filter(seen -> seen.view().isFreshAt(draft.now)).isEmpty();
    if (isNeeded && draft.evicting.watching()) {
      int disagreements = draft.evicting.seen().map(PodsSeen::disagreements).orElse(0);
      draft.evicting =
          new NodeState.Evicting(
              true,
              draft.evicting.cordonedAt(),
              draft.evicting.told(),
              Optional.of(new PodsSeen(view, serverAhead, disagreements)),
              draft.evicting.evictionKnown(),
              draft.evicting.state());
    }
    boolean isTooEarly =
        draft
            .evicting
            .cordonedAt()
            .map(at -> listed.begun().isBefore(earliestFirst(at, draft.settings)))
            .orElse(true);
    if (draft.fence.first().isEmpty() && isTooEarly) {
      return;
    }
    draft.fence = draft.fence.with(list);
  }

  /**
   * The Node as read after the second list decides.
   *
   * @param askedAt when the read was begun
   */
  static void nodeRead(NodeDraft draft, NodeObservation.NodeRead read, Instant askedAt) {
    Optional<PodList> second = draft.fence.second();
    if (!read.asked()
        || second.isEmpty()
        || (!isOfDrain(draft) && !Permitting.waitsForAFence(draft))
        || draft.evicting.cordonedAt().isEmpty()
        // the read may have been begun for something else, before the volumes were looked at
        || !Detaching.isDetachedSince(draft, second.get().ended())) {
      return;
    }
    switch (read.reading()) {
      case NodeReading.Found(var found) ->
          decide(
              draft,
              second.get(),
              new NodeFacts(
                  askedAt,
                  true,
                  found.unschedulable(),
                  draft.record.flatMap(NodeRecord::prior).isPresent(),
                  draft
                      .record
                      .filter(known -> known.holder().equals(draft.settings.holder()))
                      .isPresent()));
      case NodeReading.Gone() ->
          decide(draft, second.get(), new NodeFacts(askedAt, false, false, false, false));
      case NodeReading.Unknown unknown -> {} // read again
    }
  }

  private static boolean isOfDrain(NodeDraft draft) {
    return draft.orders.evict().isPresent() && !draft.orders.ended();
  }

  private static void decide(NodeDraft draft, PodList second, NodeFacts node) {
    PodList first = draft.fence.first().orElseThrow();
    CompletionFence fence =
        new CompletionFence(
            first,
            second,
            node,
            draft.evicting.cordonedAt().orElseThrow(),
            draft.settings.settle(),
            true, // the core waits for the hooks
            Detaching.attached(draft));
    switch (fence.verdict(draft.now)) {
      case FenceVerdict.Passed() -> {
        restart(draft, draft.now);
        draft.permit = draft.permit.seenEmpty(true);
        if (isOfDrain(draft)) {
          NodeState.Orders orders = draft.orders;
          draft.orders =
              new NodeState.Orders(
                  orders.cordon(), orders.evict(), false, true, orders.uncordon(), false);
          draft.report(new Observation.EvictionsEnded(List.of()));
        }
      }
      case FenceVerdict.ReadAgain(String why, Instant notBefore) -> restart(draft, notBefore);
      case FenceVerdict.PodsLeft left -> restart(draft, draft.now);
      case FenceVerdict.Waiting(String why) -> restart(draft, draft.now.plus(AGAIN));
      case FenceVerdict.NotOurs(String why) -> restart(draft, draft.now.plus(AGAIN));
      // the marks notice both, and say so to the core
      case FenceVerdict.ForeignUncordon() -> restart(draft, draft.now.plus(AGAIN));
      case FenceVerdict.NodeGone() -> restart(draft, draft.now);
    }
  }
}
