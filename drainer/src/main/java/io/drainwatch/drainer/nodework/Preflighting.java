package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.evictions.AnswerTable;
import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionOutcome;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.nodes.Cause;
import io.drainwatch.drainer.nodework.NodeObservation.Trial;
import io.drainwatch.drainer.nodework.NodeState.Preflight;
import io.drainwatch.drainer.pods.Decision;
import io.drainwatch.drainer.pods.JudgedPod;
import io.drainwatch.drainer.pods.PodOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What would hold up the drain of a Node whose maintenance waits for its time (kubernetes-drain.md
 * 10): each pod that is to go is asked for in an eviction that changes nothing, once an hour. Never
 * required: nothing waits for it, and a drain that begins meanwhile makes it void.
 */
final class Preflighting {
  private static final Duration AGAIN = Duration.ofHours(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
  private static final int MOST_PODS = 250;

  /** As the API server puts it when a webhook does not declare its side effects. */
  private static final String UNSUITED_WEBHOOK = "does not support dry run";

  private Preflighting() {}

  static void advance(NodeDraft draft) {
    if (!draft.settings.pods().has(PodOption.PREFLIGHT)) {
      return;
    }
    if (!isWaiting(draft)) {
      if (!draft.preflight.causes().isEmpty()) {
        draft.act(new NodeAction.Note(new NodeNote.Predicted(0, "")));
      }
      draft.preflight = Preflight.NONE;
      return;
    }
    Preflight now = draft.preflight;
    if (!now.listing()
        && !now.trying()
        && !draft.fence.listing()
        && !draft.now.isBefore(draft.fence.notBefore())
        && !draft.now.isBefore(now.notBefore())) {
      draft.preflight = new Preflight(true, false, List.of(), now.causes(), now.notBefore());
      Fencing.look(draft);
    }
  }

  // the record goes first; and it is what says so too while the pool's budget holds the drain back
  private static boolean isWaiting(NodeDraft draft) {
    return draft.node.isPresent()
        && draft
            .episode
            .filter(each -> each.action() == PolicyAction.DRAIN && !each.cancelled())
            .isPresent()
        && draft
            .record
            .filter(record -> record.progress().state() == MaintenanceState.MAINTENANCE_SCHEDULED)
            .isPresent();
  }

  static void listed(NodeDraft draft, PodListing listing) {
    if (!draft.preflight.listing() || draft.node.isEmpty()) {
      return;
    }
    switch (listing) {
      case PodListing.Failed ignored -> // it was said where lists are taken in
          draft.preflight = done(draft, draft.preflight.causes(), AFTER_FAILURE);
      case PodListing.Complete complete -> tryEach(draft, complete);
    }
  }

  private static void tryEach(NodeDraft draft, PodListing.Complete listed) {
    Preview preview =
        Preview.of(
            draft.node.orElseThrow(),
            listed,
            draft.settings.pods(),
            Judging.ourTaint(draft),
            draft.now);
    List<Cause> held =
        causes(
            preview.others().stream()
                .filter(each -> isHeld(each.decision()))
                .collect(
                    Collectors.toMap(
                        Preflighting::path, each -> each.decision().why().text(), (a, b) -> a)));
    List<EvictablePod> pods =
        preview.going().stream()
            .filter(each -> !draft.settings.ourselves().are(each.pod()))
            .map(Preview::evictable)
            .flatMap(Optional::stream)
            .limit(MOST_PODS)
            .toList();
    draft.preflight =
        new Preflight(false, true, held, draft.preflight.causes(), draft.preflight.notBefore());
    draft.act(new NodeAction.TryEvictions(pods));
  }

  // what may finish may do so until the drain
  private static boolean isHeld(Decision decision) {
    return decision instanceof Decision.Hold || decision instanceof Decision.Block;
  }

  private static String path(JudgedPod judged) {
    return judged.pod().namespace() + "/" + judged.pod().name();
  }

  static void tried(NodeDraft draft, List<Trial> trials) {
    if (!draft.preflight.trying()) {
      return; // the drain has begun, or another maintenance
    }
    Map<String, String> whyByPod = new TreeMap<>();
    for (Trial trial : trials) {
      why(draft, trial).ifPresent(why -> whyByPod.put(trial.pod().path(), why));
    }
    List<Cause> causes = new ArrayList<>(draft.preflight.held());
    causes.addAll(causes(whyByPod));
    draft.preflight = done(draft, causes, AGAIN);
    int pods = causes.stream().mapToInt(each -> each.pods().size()).sum();
    String text =
        causes.stream()
            .map(each -> each.sentence() + ": " + String.join(", ", each.pods()))
            .collect(Collectors.joining("; "));
    draft.act(new NodeAction.Note(new NodeNote.Predicted(pods, NodeNote.bounded(text))));
  }

  private static Optional<String> why(NodeDraft draft, Trial trial) {
    EvictionOutcome outcome =
        AnswerTable.read(
            trial.answer(), trial.pod(), AnswerTable.Verb.EVICTION, draft.evicting.evictionKnown());
    return switch (outcome) {
      case EvictionOutcome.Blocked blocked ->
          blocked.cause() == BlockedCause.WEBHOOK && blocked.text().contains(UNSUITED_WEBHOOK)
              ? Optional.empty() // not known, so not predicted
              : Optional.of("would be blocked, " + blocked.text());
      case EvictionOutcome.Misconfigured(String text) ->
          Optional.of("we have no right to evict, " + text);
      case EvictionOutcome.Accepted ignored -> Optional.empty();
      case EvictionOutcome.Gone ignored -> Optional.empty();
      case EvictionOutcome.Replaced ignored -> Optional.empty();
      case EvictionOutcome.Wait ignored -> Optional.empty();
      case EvictionOutcome.NoEvictionApi ignored -> Optional.empty();
      case EvictionOutcome.Conflict ignored -> Optional.empty();
      case EvictionOutcome.Transient ignored -> Optional.empty();
    };
  }

  private static List<Cause> causes(Map<String, String> whyByPod) {
    Map<String, List<String>> byWhy = new TreeMap<>();
    new TreeMap<>(whyByPod)
        .forEach((pod, why) -> byWhy.computeIfAbsent(why, ignored -> new ArrayList<>()).add(pod));
    List<Cause> causes = new ArrayList<>();
    byWhy.forEach((why, pods) -> causes.add(new Cause(0, why, pods)));
    return causes;
  }

  private static Preflight done(NodeDraft draft, List<Cause> causes, Duration pause) {
    return new Preflight(false, false, List.of(), causes, draft.now.plus(pause));
  }

  /** What the condition says while the drain has not begun. */
  static List<Cause> predicted(NodeDraft draft) {
    return draft.preflight.causes();
  }
}
