package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodework.NodeState.Detach;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodOption;
import io.drainwatch.drainer.pods.PodVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Volumes of pods that are gone may still be attached (kubernetes-drain.md 7 and 12). By option
 * VolumeAttachments are listed: the next pod with volumes waits for those of the one before, up to
 * a time-out, and the fence for all.
 *
 * <p>Which attachment is whose only claims would tell, which we have no right to read. So what
 * counts is how many more volumes are attached than the pods that are still on the Node have. That
 * is never too many: a pod that is not evicted keeps as many as it has.
 */
final class Detaching {
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  private Detaching() {}

  static boolean isOn(NodeDraft draft) {
    return draft.settings.pods().has(PodOption.WAIT_FOR_DETACH);
  }

  /** Who is gone since the last look; asks while the next pod waits for it. */
  static void advance(NodeDraft draft) {
    if (!isOn(draft) || draft.evicting.told().isEmpty() || draft.evicting.seen().isEmpty()) {
      return;
    }
    Set<String> now =
        pods(draft).stream()
            .filter(PodFacts::hasAttachedVolumes)
            .map(PodFacts::uid)
            .collect(Collectors.toSet());
    Map<String, Instant> since = new HashMap<>(draft.detach.since());
    draft.detach.pods().stream()
        .filter(uid -> !now.contains(uid))
        .forEach(uid -> since.putIfAbsent(uid, draft.now));
    since.values().removeIf(at -> isDetachedSince(draft, at));
    draft.detach =
        new Detach(
            draft.detach.listing(), draft.detach.left(), now, since, draft.detach.notBefore());
    boolean somebodyWaits =
        draft.settings.pods().has(PodOption.VOLUME_PODS_ONE_BY_ONE)
            && since.values().stream().anyMatch(at -> !isTooLate(draft, at));
    if (somebodyWaits) {
      ask(draft);
    }
  }

  private static boolean isTooLate(NodeDraft draft, Instant gone) {
    return !draft.now.isBefore(gone.plus(draft.settings.pods().detachTimeout()));
  }

  /** Nothing that counts was attached by a list that was begun at this moment or later. */
  static boolean isDetachedSince(NodeDraft draft, Instant moment) {
    return !isOn(draft)
        || draft
            .detach
            .left()
            .filter(left -> left.volumes().isEmpty() && !left.begun().isBefore(moment))
            .isPresent();
  }

  /** By the newest list; before there was one, nothing is known to be. */
  static List<String> attached(NodeDraft draft) {
    return isOn(draft)
        ? draft.detach.left().map(Detach.Left::volumes).orElse(List.of())
        : List.of();
  }

  static void ask(NodeDraft draft) {
    if (!draft.detach.listing() && !draft.now.isBefore(draft.detach.notBefore())) {
      draft.detach = draft.detach.asking();
      draft.act(new NodeAction.ListAttachments());
    }
  }

  static void listed(NodeDraft draft, AttachmentListing listing) {
    draft.detach =
        switch (listing) {
          case AttachmentListing.Complete(List<String> volumes, Instant begun) ->
              after(
                  draft, Optional.of(new Detach.Left(surplus(volumes, pods(draft)), begun)), AGAIN);
          case AttachmentListing.Failed(String why) -> {
            draft.tellOnce(NodeNotice.CONFIG_ERROR, why);
            draft.trouble(
                "what is attached to %s is not known (%s); asked again in %d s, and the Node is not"
                        .formatted(draft.nodeName, why, AFTER_FAILURE.toSeconds())
                    + " called drained before");
            yield after(draft, draft.detach.left(), AFTER_FAILURE);
          }
        };
  }

  private static Detach after(NodeDraft draft, Optional<Detach.Left> left, Duration pause) {
    return new Detach(
        false, left, draft.detach.pods(), draft.detach.since(), draft.now.plus(pause));
  }

  /** As many as nobody on the Node can need, by name. */
  static List<String> surplus(List<String> volumes, List<PodFacts> pods) {
    long needed =
        pods.stream()
            .filter(pod -> !pod.phase().isFinished())
            .flatMap(pod -> pod.volumes().stream())
            .filter(PodVolume::isAttached)
            .count();
    List<String> sorted = new ArrayList<>(volumes.stream().sorted().toList());
    return sorted.subList((int) Math.min(needed, sorted.size()), sorted.size());
  }

  private static List<PodFacts> pods(NodeDraft draft) {
    return draft.evicting.seen().map(PodsSeen::view).map(view -> view.pods()).orElse(List.of());
  }

  static void clockStepped(NodeDraft draft, Duration by) {
    Map<String, Instant> since = new HashMap<>(draft.detach.since());
    since.replaceAll((uid, at) -> at.plus(by));
    // what was listed is listed again
    draft.detach =
        new Detach(
            draft.detach.listing(), Optional.empty(), draft.detach.pods(), since, Instant.MIN);
  }
}
