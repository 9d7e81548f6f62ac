package io.drainwatch.drainer.scaledown;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Standing.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One step for one set (scale-down.md, section 2). Each of these ends it:
 *
 * <ol>
 *   <li>Nothing to do for the set: our finalizer goes, and our pods; their claims stay.
 *   <li>Deleted and its pods or claims are not to be cleaned up: our finalizer goes.
 *   <li>The template cannot be used: said.
 *   <li>Kubernetes itself deletes the claims: said, our finalizer and our pods go.
 *   <li>Our finalizer is missing: added. It holds the set until pods and claims are done.
 *   <li>Deleted, and nothing is left to clean up: our finalizer goes.
 *   <li>Else the ordinals, see {@link Ordinals}.
 * </ol>
 *
 * <p>Whatever it says, it says again for the same situation: nothing is remembered from step to
 * step but what stands on the objects, so a crash between any two requests changes nothing.
 */
public final class ScaleDown {
  private ScaleDown() {}

  public static Plan plan(SetFacts set, Surroundings around, Instant now) {
    if (set.claimTemplates().isEmpty() || set.template().isEmpty() || set.isLeftAlone()) {
      return dropped(set, around, Standing.NONE, List.of());
    }
    Standing managed = new Standing(true, Optional.empty(), List.of());
    if (around.namespaceEnds() || isDeletedWithoutItsPods(set, around.pods())) {
      return letGo(set, managed, List.of());
    }
    if (set.isTerminating() && set.retention().deletesWhenDeleted()) {
      return letGo(set, managed, List.of()); // its owner's wish
    }
    return switch (CleanupPodJson.read(set)) {
      case CleanupPodJson.Reading.Unusable(String why) -> invalid(set, around, why);
      case CleanupPodJson.Reading.Usable(CleanupPodJson pods) -> usable(set, around, pods, now);
    };
  }

  /**
   * Pods of before stay, in case the annotation is mended; only what is not at work does not keep
   * an ordinal that is wanted again.
   */
  private static Plan invalid(SetFacts set, Surroundings around, String why) {
    String detail =
        why
            + (set.isTerminating() && set.hasOurFinalizer()
                ? "; the set is held by our finalizer until the annotation is right or removed"
                : "");
    List<Action> actions = new ArrayList<>();
    actions.add(new Action.Say(Notice.INVALID_TEMPLATE, set.id().uid(), detail));
    ours(set, around)
        .filter(pod -> set.wants(ordinal(pod)))
        .filter(pod -> !pod.isAtWork() || pod.phase() == PodPhase.FAILED)
        .forEach(
            pod -> actions.add(new Action.DeletePod(ordinal(pod), pod, Action.Because.NOT_NEEDED)));
    return new Plan(actions, Optional.empty(), refused(Notice.INVALID_TEMPLATE, detail));
  }

  /** Ours that are not on their way out; none of the controller of 2018. */
  private static Stream<OrdinalPod> ours(SetFacts set, Surroundings around) {
    return around.pods().stream()
        .filter(pod -> pod.namespace().equals(set.id().namespace()))
        .filter(pod -> pod.isMadeByUsFor(set.id()) && !pod.isTerminating())
        .filter(pod -> pod.name().equals(set.podName(ordinal(pod))));
  }

  private static int ordinal(OrdinalPod pod) {
    return OrdinalName.of(pod.name()).map(OrdinalName::ordinal).orElse(0);
  }

  private static Plan usable(SetFacts set, Surroundings around, CleanupPodJson pods, Instant now) {
    if (set.retention().deletesWhenScaled()) {
      return dropped(
          set,
          around,
          refused(Notice.RETENTION_CONFLICT, ""),
          List.of(new Action.Say(Notice.RETENTION_CONFLICT, set.id().uid(), "")));
    }
    if (!set.isTerminating()) {
      Optional<Action> hold = hold(set);
      if (hold.isPresent()) {
        return acting(hold.get(), new Standing(true, Optional.empty(), List.of()));
      }
    }
    Ordinals ordinals = Ordinals.of(set, around, pods, now);
    if (set.isTerminating() && ordinals.areNone()) {
      return letGo(set, ordinals.standing(), ordinals.words());
    }
    return ordinals.plan();
  }

  /** Where the claims go with the set, it is not held. */
  private static Optional<Action> hold(SetFacts set) {
    if (set.retention().deletesWhenDeleted()) {
      return set.hasOurFinalizer() ? removal(set) : Optional.empty();
    }
    return set.isHeldAsItShouldBe()
        ? Optional.empty()
        : Optional.of(new Action.PatchFinalizers(SetPatchJson.added(set), true));
  }

  /** {@code --cascade=orphan}: before the garbage collector has been there, or after (D16). */
  private static boolean isDeletedWithoutItsPods(SetFacts set, List<OrdinalPod> pods) {
    return set.isTerminating()
        && (set.finalizers().contains("orphan")
            || pods.stream().anyMatch(pod -> hasLostItsOwner(pod, set)));
  }

  private static boolean hasLostItsOwner(OrdinalPod pod, SetFacts set) {
    return pod.namespace().equals(set.id().namespace())
        && pod.owner().isEmpty()
        && pod.controller().isEmpty()
        && !pod.isTerminating()
        && OrdinalName.of(pod.name())
            .filter(name -> name.stem().equals(set.id().name()))
            .isPresent()
        && set.selector().filter(each -> each.matches(pod.labels())).isPresent();
  }

  private static Standing refused(Notice notice, String detail) {
    return new Standing(true, Optional.of(new Refusal(notice, detail)), List.of());
  }

  /** As {@link #letGo}; and a pod of ours, however far it is, is in nobody's way any more. */
  private static Plan dropped(
      SetFacts set, Surroundings around, Standing standing, List<Action.Say> words) {
    List<Action> actions = new ArrayList<>(letGo(set, standing, words).actions());
    ours(set, around)
        .forEach(
            pod -> actions.add(new Action.DeletePod(ordinal(pod), pod, Action.Because.DROPPED)));
    return new Plan(actions, Optional.empty(), standing);
  }

  private static Plan letGo(SetFacts set, Standing standing, List<Action.Say> words) {
    List<Action> actions = new ArrayList<>(words);
    removal(set).ifPresent(actions::add);
    return new Plan(actions, Optional.empty(), standing);
  }

  private static Optional<Action> removal(SetFacts set) {
    return set.hasOurFinalizer() || !set.attempts().areNone()
        ? Optional.of(new Action.PatchFinalizers(SetPatchJson.removed(set), false))
        : Optional.empty();
  }

  private static Plan acting(Action action, Standing standing) {
    return new Plan(List.of(action), Optional.empty(), standing);
  }
}
