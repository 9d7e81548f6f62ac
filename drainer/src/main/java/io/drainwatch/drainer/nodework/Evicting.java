package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.evictions.EvictionObservation;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.evictions.EvictionStep;
import io.drainwatch.drainer.evictions.Evictions;
import io.drainwatch.drainer.evictions.ForcePoint;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.AtDeadline;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.pods.DisruptionBudget;
import io.drainwatch.drainer.pods.PodView;
import io.drainwatch.drainer.pods.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Watches the Node's pods while it is to be empty and feeds the evictions. Nothing is asked for
 * before the cordon stands (I2).
 */
final class Evicting {
  private static final Duration FIRST_LIST = Duration.ofSeconds(1);

  private Evicting() {}

  /** After the Node was given back. */
  static NodeState.Evicting nothingToDo(NodeState.Evicting before, Instant now) {
    return new NodeState.Evicting(
        before.watching(),
        Optional.empty(),
        Optional.empty(),
        before.seen(),
        before.evictionKnown(),
        before.state().forAnotherDrain(now));
  }

  static NodeState.Evicting cordonedAt(NodeState.Evicting before, Instant now) {
    return new NodeState.Evicting(
        before.watching(),
        Optional.of(now),
        before.told(),
        before.seen(),
        before.evictionKnown(),
        before.state());
  }

  static void seen(NodeDraft draft, NodeObservation.Pods pods) {
    if (draft.evicting.watching()) {
      draft.evicting =
          new NodeState.Evicting(
              true,
              draft.evicting.cordonedAt(),
              draft.evicting.told(),
              Optional.of(notOlder(draft, pods.seen())),
              pods.evictionKnown(),
              draft.evicting.state());
    }
  }

  // A list of our own is newer than the last the watch made; what the watch tells after it is news
  // all the same, and is not to wait for the watch's next list.
  private static PodsSeen notOlder(NodeDraft draft, PodsSeen seen) {
    return draft
        .evicting
        .seen()
        .map(PodsSeen::view)
        .filter(known -> known.completeAt().filter(at -> !at.isAfter(draft.now)).isPresent())
        .filter(known -> isOlder(seen.view(), known))
        .map(
            known ->
                new PodsSeen(
                    new PodView(seen.view().pods(), known.completeAt()),
                    seen.serverAhead(),
                    seen.disagreements()))
        .orElse(seen);
  }

  private static boolean isOlder(PodView seen, PodView known) {
    return known.completeAt().isPresent()
        && seen.completeAt().map(at -> at.isBefore(known.completeAt().get())).orElse(true);
  }

  static void answered(NodeDraft draft, Evictions evictions, NodeObservation.Answered answered) {
    feed(
        draft,
        evictions,
        new EvictionObservation.Answered(
            answered.uid(), answered.attempt(), answered.answer(), answered.jitter()));
  }

  /** A budget that is no more holds nobody back any more (K28). */
  static void budgets(NodeDraft draft, Evictions evictions, BudgetsSeen seen) {
    if (!draft.evicting.watching()) {
      return;
    }
    List<DisruptionBudget> gone = seen.goneSince(draft.budgets);
    draft.budgets = seen;
    gone.forEach(
        each ->
            feed(
                draft,
                evictions,
                new EvictionObservation.BudgetGone(each.namespace(), each.name())));
  }

  /**
   * Another tool began or ended its drain: the evictions are told anew from when on they may ask.
   */
  static void onTerms(NodeDraft draft, NodeTerms terms) {
    boolean mustTell = terms.othersDrain() != draft.terms.othersDrain();
    draft.terms = terms;
    if (mustTell) {
      tell(draft, Optional.empty());
    }
  }

  /**
   * Before anything else, and whatever else is not known: an answer that comes in must not ask for
   * the next pods of a drain that is over (I7).
   */
  static void stopWhatMustStop(NodeDraft draft, Evictions evictions) {
    boolean goesOn =
        draft.orders.evict().isPresent()
            && !draft.orders.stopped()
            && !draft.orders.ended()
            && !draft.isLost()
            && draft.isCordoned();
    // new terms make us forget what was told until the next look at the pods
    boolean isUnderWay = draft.evicting.told().isPresent() || draft.evicting.state().isAsking();
    if (isUnderWay && !goesOn) {
      tell(draft, Optional.empty());
      feed(draft, evictions, new EvictionObservation.Stop());
      draft.act(new NodeAction.CancelRequests()); // some may still wait for their turn
    }
  }

  static void advance(NodeDraft draft, Evictions evictions) {
    watchOrNot(draft);
    if (!draft.evicting.watching() || draft.node.isEmpty()) {
      return;
    }
    if (draft.evicting.seen().isEmpty()) {
      // a first list that failed comes again only after a while, which a Preempt has not
      if (draft.episode.filter(Evicting::matters).isPresent() && isOverdue(draft)) {
        Fencing.look(draft);
      }
      return;
    }
    PodView view = draft.evicting.seen().get().view();
    Round round = Judging.round(draft, view, draft.evicting.seen().get().serverAhead());
    boolean isEnded =
        draft.orders.ended() || draft.episode.filter(Evicting::evictionsAreDone).isPresent();
    if (isEnded) {
      sayWhoAppeared(draft, round);
      return;
    }
    Optional<Action.StartEvictions> told = draft.evicting.told();
    if (draft.orders.evict().isEmpty() || draft.orders.stopped() || !draft.isCordoned()) {
      return;
    }
    if (!told.equals(draft.orders.evict())) {
      start(draft, evictions, view, told.isEmpty());
    }
    view.completeAt()
        .ifPresent(
            at ->
                feed(
                    draft,
                    evictions,
                    new EvictionObservation.PodsSeen(Judging.evictable(draft, round), at)));
    feed(draft, evictions, new EvictionObservation.Tick());
  }

  // the watch begins with a list of its own, which has some time to come
  private static boolean isOverdue(NodeDraft draft) {
    return draft
        .evicting
        .cordonedAt()
        .filter(at -> !draft.now.isBefore(at.plus(FIRST_LIST)))
        .isPresent();
  }

  // Once the drain has failed nobody is evicted and nothing is called empty any more.
  private static boolean matters(Episode episode) {
    return episode.drain().isOpen() || episode.drain().isComplete();
  }

  private static boolean evictionsAreDone(Episode episode) {
    return episode.evictions() == Episode.Step.DONE;
  }

  // What the core would not act on it is not told: it would be told again after each of its steps.
  private static boolean mayBeDrainedAnew(Episode episode) {
    return matters(episode)
        && episode.acting().stream().noneMatch(each -> each.acknowledgement().mayHaveCounted());
  }

  // From the cordon on, so that the first eviction waits for no list; and after the drain as long
  // as pods that come would matter, also in a process that did not drain itself.
  private static boolean isOfInterest(NodeDraft draft, Episode episode) {
    return episode.action() == PolicyAction.DRAIN
        && episode.state().isBefore(MaintenanceState.RUNNING)
        && !episode.cancelled()
        && episode.held().isEmpty()
        && (draft.orders.cordon()
            || draft.orders.evict().isPresent()
            // the core hears of it a moment later
            || draft.evicting.cordonedAt().isPresent()
            || episode.cordon() == Episode.Step.DONE);
  }

  private static void watchOrNot(NodeDraft draft) {
    boolean wanted = draft.episode.filter(each -> isOfInterest(draft, each)).isPresent();
    if (wanted == draft.evicting.watching()) {
      return;
    }
    draft.act(wanted ? new NodeAction.WatchPods() : new NodeAction.UnwatchPods());
    draft.budgets = BudgetsSeen.UNKNOWN;
    draft.evicting =
        new NodeState.Evicting(
            wanted,
            draft.evicting.cordonedAt(),
            draft.evicting.told(),
            Optional.empty(),
            draft.evicting.evictionKnown(),
            draft.evicting.state());
  }

  private static void tell(NodeDraft draft, Optional<Action.StartEvictions> order) {
    draft.evicting =
        new NodeState.Evicting(
            draft.evicting.watching(),
            draft.evicting.cordonedAt(),
            order,
            draft.evicting.seen(),
            draft.evicting.evictionKnown(),
            draft.evicting.state());
  }

  private static void start(NodeDraft draft, Evictions evictions, PodView view, boolean afresh) {
    Action.StartEvictions order = draft.orders.evict().orElseThrow();
    boolean goesOn = !afresh || draft.evicting.state().startedAt().isPresent();
    Instant firstAt =
        draft.terms.othersDrain()
            ? firstForcePoint(draft, order, view)
            : goesOn ? draft.now : firstAt(draft, order, view);
    tell(draft, Optional.of(order));
    feed(
        draft,
        evictions,
        new EvictionObservation.Start(
            order.deadline(), order.atDeadline(), firstAt, draft.evicting.evictionKnown()));
  }

  /**
   * Pods that the scheduler had bound before the cordon may still arrive, and load balancers need a
   * moment; but waiting is cut where the time is short, and there is none for a Preempt (section
   * 4). Never within the same second as a predecessor's last try (I5).
   */
  private static Instant firstAt(NodeDraft draft, Action.StartEvictions order, PodView view) {
    Duration settle = draft.settings.settle();
    Duration wanted =
        draft.record.filter(known -> known.did().lbLabel()).isPresent()
            ? settle.plus(draft.settings.lbSettle())
            : settle;
    boolean isPreempt =
        draft
            .episode
            .map(
                each ->
                    each.acting().stream()
                        .anyMatch(event -> event.event().kind() == EventKind.PREEMPT))
            .orElse(false);
    if (isPreempt) {
      return draft.now;
    }
    Instant settled = draft.evicting.cordonedAt().orElse(draft.now).plus(wanted);
    Duration wait = Duration.between(draft.now, settled);
    if (wait.isNegative()) {
      return draft.now;
    }
    return order
        .deadline()
        .map(deadline -> lastStart(draft, deadline, view))
        .map(lastStart -> settled.isBefore(lastStart) ? settled : draft.now)
        .orElse(settled);
  }

  /** So late that the pod with the longest grace still ends by itself. */
  private static Instant lastStart(NodeDraft draft, Instant deadline, PodView view) {
    Duration longest =
        view.pods().stream()
            .map(Judging::grace)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return deadline.minus(longest).minus(ForcePoint.headroom(deadline, draft.now));
  }

  // Where nothing is deleted by force, or there is no deadline, the other tool is left alone.
  private static Instant firstForcePoint(
      NodeDraft draft, Action.StartEvictions order, PodView view) {
    return order.atDeadline() == AtDeadline.DELETE_PODS
        ? order.deadline().map(at -> lastStart(draft, at, view)).orElse(Instant.MAX)
        : order.deadline().orElse(Instant.MAX);
  }

  // What is Drained is not, once a pod is there that has to go (K04).
  private static void sayWhoAppeared(NodeDraft draft, Round round) {
    List<String> appeared =
        round.pods().stream()
            .filter(each -> each.decision().blocksCompletion())
            .map(each -> each.pod().namespace() + "/" + each.pod().name())
            .limit(10)
            .toList();
    if (appeared.isEmpty() || round.emptiness() != Round.Emptiness.NOT_EMPTY) {
      return;
    }
    draft.permit = draft.permit.seenEmpty(false); // whatever the core makes of it
    boolean matters =
        draft.isBefore(MaintenanceState.MAINTENANCE_STARTED)
            && draft.episode.filter(Evicting::evictionsAreDone).isPresent()
            && draft.episode.filter(Evicting::mayBeDrainedAnew).isPresent();
    if (matters) {
      NodeState.Orders orders = draft.orders;
      draft.orders =
          new NodeState.Orders(
              orders.cordon(), Optional.empty(), true, false, orders.uncordon(), false);
      draft.report(new Observation.PodsAppeared(appeared));
    }
  }

  static void feed(NodeDraft draft, Evictions evictions, EvictionObservation observation) {
    EvictionStep step = evictions.next(draft.evicting.state(), observation, draft.now);
    draft.evicting =
        new NodeState.Evicting(
            draft.evicting.watching(),
            draft.evicting.cordonedAt(),
            draft.evicting.told(),
            draft.evicting.seen(),
            draft.evicting.evictionKnown(),
            step.state());
    for (EvictionRequest request : step.requests()) {
      switch (request) {
        case EvictionRequest.ForPod pod ->
            draft.act(new NodeAction.Send(DrainSafe.withGrace(draft, pod)));
        case EvictionRequest.Look() -> Fencing.look(draft);
        case EvictionRequest.ReadToken() -> draft.act(new NodeAction.ReadToken());
      }
    }
    step.notices().forEach(notice -> tell(draft, notice));
  }

  private static void tell(NodeDraft draft, EvictionNotice notice) {
    draft.act(new NodeAction.Note(new NodeNote.Eviction(notice)));
    EvictablePod pod = notice.pod();
    Optional<NodeNews.Pod> named =
        Optional.of(new NodeNews.Pod(pod.namespace(), pod.name(), pod.uid()));
    switch (notice.reason()) {
      case EVICTED -> {
        if (draft.settings.podEvents()) {
          draft.tell(NodeNotice.POD_EVICTED, named, "");
        }
      }
      case BLOCKED, OVERDUE ->
          draft.tell(
              NodeNotice.EVICTION_BLOCKED, Optional.empty(), pod.path() + ": " + notice.text());
      case FORCED, SHORTENED ->
          draft.tell(
              NodeNotice.POD_FORCE_DELETED, Optional.empty(), pod.path() + ": " + notice.text());
      case MISCONFIGURED ->
          draft.tell(NodeNotice.CONFIG_ERROR, Optional.empty(), pod.path() + ": " + notice.text());
      case REPLACED -> {}
    }
  }
}
