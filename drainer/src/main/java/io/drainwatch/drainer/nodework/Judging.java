package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.ForcePoint;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.AtDeadline;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.pods.Circumstances;
import io.drainwatch.drainer.pods.Decision;
import io.drainwatch.drainer.pods.JudgedPod;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodOwner;
import io.drainwatch.drainer.pods.PodReason;
import io.drainwatch.drainer.pods.PodView;
import io.drainwatch.drainer.pods.Progress;
import io.drainwatch.drainer.pods.Round;
import io.drainwatch.drainer.pods.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the classification and the order of the pods into the terms of the evictions. */
final class Judging {
  private static final String HOSTNAME = "kubernetes.io/hostname";

  /** What Kubernetes gives a pod whose spec does not say. */
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  private Judging() {}

  static Round round(NodeDraft draft, PodView view, Duration serverAhead) {
    NodeFacts node = draft.node.orElseThrow();
    Circumstances circumstances =
        new Circumstances(
            draft.nodeName,
            hostname(node),
            node.readiness().ready(),
            ourTaint(draft),
            draft.settings.ourselves(),
            atForcePoint(draft, view.pods()),
            draft.now.plus(serverAhead));
    return Round.of(
        view,
        circumstances,
        draft.settings.pods(),
        new Progress(draft.now, ourselvesMayGo(draft), Map.of(), draft.detach.since()));
  }

  static Optional<String> hostname(NodeFacts node) {
    return Optional.ofNullable(node.labels().get(HOSTNAME));
  }

  private static boolean ourselvesMayGo(NodeDraft draft) {
    return draft
        .episode
        .filter(each -> each.drain().isComplete())
        .map(
            each ->
                each.events().stream()
                    .allMatch(event -> event.acknowledgement().accepted() || !event.drained()))
        .orElse(false);
  }

  static Optional<Taint> ourTaint(NodeDraft draft) {
    return draft.marks.taint()
        ? draft.episode.map(
            each -> new Taint(NodeKeys.TAINT, each.leading().event().type(), "NoSchedule"))
        : Optional.empty();
  }

  private static Set<String> atForcePoint(NodeDraft draft, List<PodFacts> pods) {
    Optional<Action.StartEvictions> order = draft.orders.evict();
    if (order.isEmpty()
        || order.get().deadline().isEmpty()
        || order.get().atDeadline() != AtDeadline.DELETE_PODS) {
      return Set.of();
    }
    Instant deadline = order.get().deadline().get();
    Instant began = began(draft);
    return pods.stream()
        .filter(
            pod ->
                !draft.now.isBefore(
                    ForcePoint.of(
                        deadline, began, grace(pod), draft.settings.evictions().graceCap())))
        .map(PodFacts::uid)
        .collect(Collectors.toSet());
  }

  private static Instant began(NodeDraft draft) {
    return draft
        .evicting
        .state()
        .startedAt()
        .or(() -> draft.episode.map(Episode::begunAt))
        .orElse(draft.now);
  }

  static Duration grace(PodFacts pod) {
    return pod.grace().orElse(DEFAULT_GRACE);
  }

  /** In the order in which they are to go; those that are not to go come after. */
  static List<EvictablePod> evictable(NodeDraft draft, Round round) {
    Set<String> open =
        round.open().stream().map(each -> each.pod().uid()).collect(Collectors.toSet());
    List<EvictablePod> first =
        round.open().stream().map(each -> of(each, PodDecision.EVICT, draft.budgets)).toList();
    List<EvictablePod> rest =
        round.pods().stream()
            .filter(each -> !open.contains(each.pod().uid()))
            .filter(each -> !each.pod().uid().isBlank())
            .map(each -> of(each, decision(each), draft.budgets))
            .toList();
    return Stream.concat(first.stream(), rest.stream()).toList();
  }

  // A pod that is ourselves goes after the acknowledgement, so it does not keep the Node from
  // being drained.
  private static PodDecision decision(JudgedPod judged) {
    return switch (judged.decision()) {
      case Decision.Ignore ignore -> PodDecision.IGNORE;
      case Decision.Wait wait -> PodDecision.WAIT;
      case Decision.Hold hold -> PodDecision.HOLD;
      case Decision.WaitCompleted wait -> PodDecision.WAIT_COMPLETED;
      case Decision.Block block -> PodDecision.BLOCK;
      case Decision.Evict evict ->
          evict.blocksCompletion() ? PodDecision.LATER : PodDecision.IGNORE;
    };
  }

  // it may begin at any moment, and what has begun is waited for
  private static Optional<String> onlyAtVersion(JudgedPod judged) {
    return judged.decision().why().reason() == PodReason.NOT_BEGUN
        ? Optional.of(judged.pod().resourceVersion()).filter(each -> !each.isEmpty())
        : Optional.empty();
  }

  static EvictablePod of(JudgedPod judged, PodDecision decision, BudgetsSeen budgets) {
    PodFacts pod = judged.pod();
    Optional<PodOwner> owner = pod.controller();
    return new EvictablePod(
        pod.uid(),
        pod.namespace(),
        pod.name(),
        grace(pod),
        owner.map(PodOwner::uid),
        owner.map(PodOwner::group).orElse(""),
        pod.deletionTimestamp(),
        pod.ready(),
        budgets.of(pod),
        decision,
        onlyAtVersion(judged));
  }
}
