package io.drainwatch.drainer.scaledown;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Action.Because;
import io.drainwatch.drainer.scaledown.Candidates.Candidate;
import io.drainwatch.drainer.scaledown.Standing.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ordinals of one set, from the highest down (scale-down.md, section 4).
 *
 * <ul>
 *   <li>A pod is made for an orphaned ordinal once the stateful pod is gone. It gets that pod's
 *       name, so the set cannot start the ordinal meanwhile.
 *   <li>Serial: only while the set has no clean-up pod at all, and only the highest orphan (D05).
 *   <li>Claims go before the pod: a pod that succeeded is the only proof that outlives us. A claim
 *       that is younger than the pod was not there when it began, and is not its work.
 *   <li>Of a set that is deleted the stateful pods are ended in the same order, each before its
 *       clean-up: our finalizer keeps everybody else from it.
 *   <li>An ordinal that is wanted again gets its claims back, unless the work has begun.
 *   <li>A pod that has not begun on a Node under maintenance is made anew elsewhere; that is no
 *       try.
 *   <li>A pod of an older template is made anew, unless its work is done. Where its ordinal is
 *       wanted again it is finished if it is at work; one that waits after its init containers, say
 *       for an image, makes room: whoever changed the template would wait for it for ever.
 *   <li>How often it was tried is written down before a pod that failed is deleted.
 * </ul>
 */
final class Ordinals {
  static final Duration LONG_PENDING = Duration.ofMinutes(10);
  static final int MANY_RESTARTS = 5;
  private static final String BEGUN = "some of its containers have started, not all";

  private final SetFacts set;
  private final CleanupPodJson template;
  private final Instant now;
  private final Candidates candidates;
  private final NodesAround nodes;
  private final List<Action> actions = new ArrayList<>();
  private final List<Action.Say> words = new ArrayList<>();
  private final List<Standing.Ordinal> standing = new ArrayList<>();
  private Optional<Instant> again = Optional.empty();
  private Attempts attempts;
  private boolean mayCreate;

  private Ordinals(SetFacts set, CleanupPodJson template, Instant now, Surroundings around) {
    this.set = set;
    this.template = template;
    this.now = now;
    candidates = Candidates.of(set, around);
    nodes = around.nodes();
    attempts =
        set.attempts()
            .only(
                candidates.ordinals().stream()
                    .map(Candidate::ordinal)
                    .filter(this::isOrphan)
                    .toList());
    boolean hasOwnPod =
        candidates.ordinals().stream()
            .flatMap(each -> each.pod().stream())
            .anyMatch(pod -> pod.isCleanupOf(set.id()));
    mayCreate = set.isParallel() || !hasOwnPod;
  }

  static Ordinals of(SetFacts set, Surroundings around, CleanupPodJson template, Instant now) {
    Ordinals ordinals = new Ordinals(set, template, now, around);
    ordinals.candidates.ambiguous().stream()
        .filter(claim -> ordinals.isOrphan(OrdinalName.of(claim.name()).orElseThrow().ordinal()))
        .forEach(ordinals::leaveAmbiguous);
    ordinals.candidates.ordinals().forEach(ordinals::step);
    return ordinals;
  }

  boolean areNone() {
    return candidates.ordinals().isEmpty();
  }

  List<Action.Say> words() {
    return words;
  }

  Standing standing() {
    Optional<Standing.Refusal> refusal =
        words.stream()
            .filter(each -> each.notice() == Notice.AMBIGUOUS_CLAIM)
            .findFirst()
            .map(each -> new Standing.Refusal(each.notice(), each.detail()));
    return new Standing(true, refusal, standing);
  }

  Plan plan() {
    List<Action> all = new ArrayList<>(words);
    Set<Integer> risen = attempts.risenFrom(set.attempts());
    if (!risen.isEmpty()) {
      all.add(recorded(risen));
    }
    all.addAll(actions);
    if (risen.isEmpty() && !attempts.equals(set.attempts())) {
      all.add(recorded(risen));
    }
    return new Plan(all, again, standing());
  }

  private Action recorded(Set<Integer> risen) {
    return new Action.RecordAttempts(SetPatchJson.attempts(set, attempts), attempts, risen);
  }

  private boolean isOrphan(int ordinal) {
    return !set.wants(ordinal);
  }

  private void leaveAmbiguous(ClaimFacts claim) {
    say(Notice.AMBIGUOUS_CLAIM, claim.uid(), claim.name());
  }

  private void step(Candidate at) {
    Optional<OrdinalPod> pod = at.pod();
    if (pod.isEmpty()) {
      withoutPod(at);
    } else if (!pod.get().isCleanupOf(set.id())) {
      behindAnotherPod(at, pod.get());
    } else {
      withOurs(at, pod.get());
    }
  }

  private void withoutPod(Candidate at) {
    if (!isOrphan(at.ordinal())) {
      return;
    }
    // one that nothing of ours holds may be gone at any moment, and its pod would be swept
    boolean isHeld = !set.isTerminating() || set.hasOurFinalizer();
    if (mayCreate && isHeld) {
      create(at);
      stands(at, Stage.WAITING, 0, "its pod is made next");
      mayCreate = set.isParallel();
    } else {
      stands(at, Stage.WAITING, 0, isHeld ? "a higher ordinal comes first" : "the set goes");
    }
  }

  private void behindAnotherPod(Candidate at, OrdinalPod pod) {
    if (!isOrphan(at.ordinal())) {
      return;
    }
    boolean isKept = set.isTerminating() && set.hasOurFinalizer() && !set.isHeldByUsAlone();
    String beside = isKept ? ", and another finalizer than ours holds the set" : "";
    stands(at, Stage.WAITING, 0, "pod " + pod.name() + " is still there" + beside);
    if (mayCreate && isKeptRunningByUs(pod)) {
      delete(at, pod, Because.SET_DELETED);
    }
    mayCreate = mayCreate && set.isParallel();
  }

  // While the set stands, held by our finalizer, the garbage collector leaves its pods alone, and
  // the StatefulSet controller does nothing for a set that is deleted: nobody else would end them.
  // Whoever holds the set beside us, say for a backup, may need them.
  private boolean isKeptRunningByUs(OrdinalPod pod) {
    return set.isTerminating()
        && set.isHeldByUsAlone()
        && !pod.isTerminating()
        && pod.controller().filter(set.id().uid()::equals).isPresent();
  }

  private void withOurs(Candidate at, OrdinalPod pod) {
    if (pod.isTerminating()) {
      stands(at, Stage.TERMINATING, pod.attempt(), "");
      return;
    }
    boolean isWanted = !isOrphan(at.ordinal()) || at.isKept();
    switch (pod.phase()) {
      case PENDING -> {
        if (pod.hasBegun()) {
          begunAndPending(at, pod);
        } else {
          pending(at, pod, isWanted);
        }
      }
      case RUNNING, UNKNOWN, UNRECOGNISED -> running(at, pod);
      case SUCCEEDED -> succeeded(at, pod);
      case FAILED -> failed(at, pod, isWanted);
    }
  }

  private void pending(Candidate at, OrdinalPod pod, boolean isWanted) {
    stands(at, Stage.PENDING, pod.attempt(), pod.told());
    // without its claims it would wait for ever
    if (isWanted || at.claims().isEmpty()) {
      delete(at, pod, Because.NOT_NEEDED);
      return;
    }
    if (isOfAnotherTemplate(pod)) {
      replace(at, pod);
      return;
    }
    if (nodes.underMaintenance().contains(pod.node())) {
      delete(at, pod, Because.MAINTENANCE);
      return;
    }
    sayWhenLate(pod, "");
  }

  private void begunAndPending(Candidate at, OrdinalPod pod) {
    stands(at, Stage.PENDING, pod.attempt(), BEGUN + detail(pod));
    if (!isEnded(at, pod)) {
      sayWhenLate(pod, ", " + BEGUN);
      sayWhenItLoops(pod);
    }
  }

  private void sayWhenLate(OrdinalPod pod, String how) {
    Instant late = pod.createdAt().plus(LONG_PENDING);
    if (now.isBefore(late)) {
      lookAgainAt(late);
    } else {
      say(Notice.CLEANUP_PENDING, pod.uid(), pod.name() + how + detail(pod));
    }
  }

  private void running(Candidate at, OrdinalPod pod) {
    stands(at, Stage.RUNNING, pod.attempt(), pod.restarts() + " restarts" + detail(pod));
    if (!isEnded(at, pod) && pod.phase() == PodPhase.RUNNING) {
      sayWhenItLoops(pod);
    }
  }

  private void sayWhenItLoops(OrdinalPod pod) {
    if (pod.restarts() >= MANY_RESTARTS) {
      say(Notice.CLEANUP_CRASH_LOOP, pod.uid(), pod.name() + detail(pod));
    }
  }

  /** By the owner's wish, though it has begun. */
  private boolean isEnded(Candidate at, OrdinalPod pod) {
    if (at.isKept()) {
      delete(at, pod, Because.DROPPED);
      return true;
    }
    boolean isOrphan = isOrphan(at.ordinal());
    if ((isOrphan || !pod.isAtWork()) && isOfAnotherTemplate(pod)) {
      if (isOrphan) {
        replace(at, pod);
      } else {
        delete(at, pod, Because.DROPPED); // nothing is made in its place
      }
      return true;
    }
    return false;
  }

  private void succeeded(Candidate at, OrdinalPod pod) {
    stands(at, Stage.SUCCEEDED, pod.attempt(), "");
    say(Notice.CLEANUP_SUCCESS, pod.uid(), pod.name());
    at.claims().stream()
        .filter(claim -> !claim.createdAt().isAfter(pod.createdAt()))
        .forEach(claim -> actions.add(new Action.DeleteClaim(at.ordinal(), claim, pod)));
    delete(at, pod, Because.DONE);
  }

  private void failed(Candidate at, OrdinalPod pod, boolean isWanted) {
    stands(at, Stage.FAILED, pod.attempt(), pod.told());
    say(Notice.CLEANUP_FAILED, pod.uid(), pod.name() + detail(pod));
    if (isWanted || at.claims().isEmpty()) {
      delete(at, pod, Because.NOT_NEEDED);
      return;
    }
    if (isOfAnotherTemplate(pod)) {
      replace(at, pod);
      return;
    }
    Instant retryAt = Backoff.retryAt(pod, now);
    if (now.isBefore(retryAt)) {
      lookAgainAt(retryAt);
    } else {
      int next = pod.attempt() == Integer.MAX_VALUE ? pod.attempt() : pod.attempt() + 1;
      attempts = attempts.with(at.ordinal(), next);
      delete(at, pod, Because.FAILED);
      create(at);
    }
  }

  // what has begun keeps the Node and user that it began with
  private boolean isOfAnotherTemplate(OrdinalPod pod) {
    Fingerprint wanted = template.madeFrom();
    return Fingerprint.of(pod)
        .filter(
            made ->
                pod.phase() == PodPhase.PENDING && !pod.hasBegun()
                    ? !made.equals(wanted)
                    : !made.template().equals(wanted.template()))
        .isPresent();
  }

  private void replace(Candidate at, OrdinalPod pod) {
    attempts = attempts.without(at.ordinal());
    delete(at, pod, Because.REPLACED);
  }

  private void create(Candidate at) {
    int attempt = attempts.of(at.ordinal());
    actions.add(
        new Action.CreatePod(
            at.ordinal(),
            set.podName(at.ordinal()),
            attempt,
            template.pod(at.ordinal(), attempt, nodes)));
  }

  private void delete(Candidate at, OrdinalPod pod, Because because) {
    actions.add(new Action.DeletePod(at.ordinal(), pod, because));
  }

  private void say(Notice notice, String subject, String detail) {
    words.add(new Action.Say(notice, subject, detail));
  }

  private void stands(Candidate at, Stage stage, int attempt, String detail) {
    standing.add(new Standing.Ordinal(at.ordinal(), stage, at.claims().size(), attempt, detail));
  }

  private void lookAgainAt(Instant moment) {
    if (again.isEmpty() || moment.isBefore(again.get())) {
      again = Optional.of(moment);
    }
  }

  private static String detail(OrdinalPod pod) {
    return pod.told().isEmpty() ? "" : ": " + pod.told();
  }
}
