package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.Found;
import io.drainwatch.drainer.cluster.ObjectAnswer;
import io.drainwatch.drainer.cluster.SetNews;
import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.Action;
import io.drainwatch.drainer.scaledown.Notice;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.Plan;
import io.drainwatch.drainer.scaledown.ScaleDown;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Surroundings;
import io.drainwatch.drainer.scaledown.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at one set, and what follows from it. Blocks; one at a time.
 *
 * <p>A view may lie behind. So before anything is changed the set is read anew and the plan made
 * again, and before claims are deleted the pod is read: as long as the pod that succeeded exists,
 * its ordinal cannot be in use. A patch of the set needs no such look, as it is taken only on the
 * version that was seen. What fails ends its ordinal for this round, not the others; a patch of the
 * finalizers that fails ends the round. Attempts that cannot be written down keep back only the
 * ordinals they are of, and such as cannot be forgotten keep back nothing.
 */
final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  private final StatefulCluster cluster;
  private final View view;
  private final InstantSource clock;
  private final BooleanSupplier mayAct;
  private final Speaker speaker;
  private final CleaningListener listener;
  private final Endings endings = new Endings();
  private final Moves moves = new Moves();

  /**
   * @param mayAct asked before each request: whether we still lead
   */
  Round(
      StatefulCluster cluster,
      View view,
      InstantSource clock,
      BooleanSupplier mayAct,
      CleaningListener listener) {
    this.cluster = cluster;
    this.view = view;
    this.clock = clock;
    this.mayAct = mayAct;
    this.listener = listener;
    speaker = new Speaker(this::tell);
  }

  // an Event is a write like any other
  private void tell(SetNews news) {
    if (mayAct.getAsBoolean()) {
      cluster.tell(news);
    }
  }

  /** How a round went. */
  sealed interface Outcome {
    /**
     * @param again when to look again though nothing changes
     */
    record Fine(Optional<Instant> again) implements Outcome {}

    /** The view lies behind: look again soon. */
    record Behind() implements Outcome {}

    record Failed(String why) implements Outcome {}
  }

  Outcome look(View.Key key) {
    Optional<SetFacts> seen = view.set(key);
    if (seen.isEmpty()) {
      return new Outcome.Fine(Optional.empty());
    }
    Plan first = plan(seen.get());
    listener.stands(seen.get().id(), first.standing(), clock.instant());
    if (!first.acts()) {
      speak(seen.get(), first);
      return new Outcome.Fine(first.again());
    }
    if (!mayAct.getAsBoolean()) {
      return new Outcome.Behind();
    }
    if (first.onlyPatchesTheSet()) {
      return perform(seen.get(), first);
    }
    return switch (cluster.readSet(key.namespace(), key.set())) {
      case Found.Unknown<SetFacts>(String why) -> failed(seen.get().id(), why);
      case Found.Gone<SetFacts> _ -> new Outcome.Behind();
      case Found.There<SetFacts>(SetFacts now) -> perform(now, plan(now));
    };
  }

  private Plan plan(SetFacts set) {
    Instant now = clock.instant();
    return ScaleDown.plan(set, around(set), now);
  }

  private Surroundings around(SetFacts set) {
    return view.around(set, endings.ends(set.id().namespace(), clock.instant()));
  }

  private void speak(SetFacts set, Plan plan) {
    plan.words().forEach(each -> say(set, each));
  }

  private void say(SetFacts set, Action.Say say) {
    if (!speaker.once(set.id(), say)) {
      return;
    }
    if (say.notice() == Notice.CLEANUP_SUCCESS || say.notice() == Notice.CLEANUP_FAILED) {
      listener.ended(set.id(), say.notice() == Notice.CLEANUP_SUCCESS, lasted(set, say.subject()));
    }
  }

  private Duration lasted(SetFacts set, String pod) {
    return around(set).pods().stream()
        .filter(each -> each.uid().equals(pod))
        .findFirst()
        .map(each -> Duration.between(each.createdAt(), each.endedAt().orElse(clock.instant())))
        .filter(lasted -> !lasted.isNegative())
        .orElse(Duration.ZERO);
  }

  private Outcome perform(SetFacts set, Plan plan) {
    Set<Integer> done = new HashSet<>();
    Set<String> proven = new HashSet<>();
    Outcome worst = new Outcome.Fine(plan.again());
    for (Action action : plan.actions()) {
      if (action instanceof Action.OfOrdinal of && done.contains(of.ordinal())) {
        continue;
      }
      if (!(action instanceof Action.Say) && !mayAct.getAsBoolean()) {
        return new Outcome.Behind();
      }
      Outcome each = perform(set, action, proven);
      if (!(each instanceof Outcome.Fine)) {
        if (action instanceof Action.OfOrdinal of) {
          done.add(of.ordinal());
        } else if (action instanceof Action.RecordAttempts record
            && each instanceof Outcome.Failed) {
          done.addAll(record.risen());
        } else {
          return each;
        }
        worst = worse(worst, each);
      } else if (((Outcome.Fine) each).again().isPresent()) {
        worst = sooner(worst, (Outcome.Fine) each);
      }
    }
    return worst;
  }

  private static Outcome sooner(Outcome all, Outcome.Fine one) {
    return all instanceof Outcome.Fine(Optional<Instant> again)
            && again.filter(at -> one.again().filter(at::isAfter).isEmpty()).isEmpty()
        ? one
        : all;
  }

  private static Outcome worse(Outcome one, Outcome other) {
    return one instanceof Outcome.Failed ? one : other;
  }

  private Outcome perform(SetFacts set, Action action, Set<String> proven) {
    return switch (action) {
      case Action.Say say -> {
        say(set, say);
        yield fine();
      }
      case Action.PatchFinalizers patch ->
          judged(set.id(), cluster.patchSet(set.id(), patch.json()), () -> {});
      case Action.RecordAttempts record -> record(set.id(), record);
      case Action.CreatePod create -> create(set.id(), create);
      case Action.DeletePod delete ->
          switch (delete.because()) {
            case SET_DELETED -> endStateful(set.id(), delete);
            // it may have begun to work meanwhile
            case NOT_NEEDED, REPLACED, DROPPED ->
                deleted(set.id(), delete, cluster.deleteUnchanged(delete.pod()));
            case MAINTENANCE -> move(set.id(), delete);
            case DONE, FAILED, SET_GONE ->
                deleted(set.id(), delete, cluster.deletePod(delete.pod()));
          };
      case Action.DeleteClaim delete -> delete(set.id(), delete, proven);
    };
  }

  // what is left written down is of ordinals that have no clean-up: the next look tries again, and
  // the set is not slowed down
  private Outcome record(SetId set, Action.RecordAttempts record) {
    Outcome outcome = judged(set, cluster.patchSet(set, record.json()), () -> {});
    if (record.risen().isEmpty() && outcome instanceof Outcome.Failed(String why)) {
      LOG.info(
          "StatefulSet {}: attempts that do not count any more stay written down: {}", set, why);
      return fine();
    }
    return outcome;
  }

  // what binds a pod to a Node in spite of its cordon would do so again
  private Outcome move(SetId set, Action.DeletePod delete) {
    Instant now = clock.instant();
    Optional<Instant> notBefore = moves.notBefore(delete.pod(), now);
    if (notBefore.isPresent()) {
      return new Outcome.Fine(notBefore);
    }
    return judged(
        set,
        cluster.deleteUnchanged(delete.pod()),
        () -> {
          moves.moved(delete.pod(), now);
          told(set, delete);
        });
  }

  private Outcome deleted(SetId set, Action.DeletePod delete, ObjectAnswer answer) {
    return judged(set, answer, () -> told(set, delete));
  }

  /**
   * After {@code --cascade=orphan} the set may look like any that is deleted, as soon as the
   * garbage collector is done with its pods: only the pod itself tells that it is to live on.
   */
  private Outcome endStateful(SetId set, Action.DeletePod delete) {
    OrdinalPod pod = delete.pod();
    return switch (cluster.readPod(pod.namespace(), pod.name())) {
      case Found.Unknown<OrdinalPod>(String why) -> failed(set, why);
      case Found.Gone<OrdinalPod> _ -> new Outcome.Behind();
      case Found.There<OrdinalPod>(OrdinalPod now) ->
          now.uid().equals(pod.uid())
                  && now.controller().equals(Optional.of(set.uid()))
                  && !now.isTerminating()
                  && mayAct.getAsBoolean()
              ? deleted(set, delete, cluster.deleteUnchanged(now))
              : new Outcome.Behind();
    };
  }

  private Outcome create(SetId set, Action.CreatePod create) {
    ObjectAnswer answer = cluster.createPod(set.namespace(), create.json());
    if (answer instanceof ObjectAnswer.Refused(int status, boolean namespaceEnds, String why)) {
      if (namespaceEnds) {
        LOG.info("StatefulSet {}: its namespace is being deleted, it is let go", set);
        endings.end(set.namespace(), clock.instant());
        return new Outcome.Behind();
      }
      speaker.once(set, new Action.Say(Notice.FAILED_CREATE, set.uid(), why));
    }
    return judged(
        set,
        answer,
        () -> {
          speaker.say(
              set,
              Notice.SUCCESSFUL_CREATE,
              create.name() + (create.attempt() == 0 ? "" : ", attempt " + (create.attempt() + 1)));
          if (create.attempt() > 0) {
            listener.retried(set);
          }
        });
  }

  private void told(SetId set, Action.DeletePod delete) {
    OrdinalPod pod = delete.pod();
    String name = pod.name();
    switch (delete.because()) {
      case DONE -> speaker.say(set, Notice.SUCCESSFUL_DELETE, "pod " + name);
      case FAILED -> LOG.info("StatefulSet {}: the failed clean-up pod {} makes room", set, name);
      case NOT_NEEDED ->
          LOG.info("StatefulSet {}: clean-up pod {} is not needed any more", set, name);
      case DROPPED -> speaker.say(set, Notice.CLEANUP_DROPPED, "pod " + name);
      case REPLACED -> speaker.say(set, Notice.CLEANUP_REPLACED, "pod " + name);
      case MAINTENANCE ->
          speaker.say(set, Notice.CLEANUP_MOVED, "pod " + name + ", Node " + pod.node());
      case SET_GONE -> LOG.info("clean-up pod {} deleted, StatefulSet {} is gone", name, set);
      case SET_DELETED ->
          LOG.info("StatefulSet {} is deleted: its pod {} is ended before the clean-up", set, name);
    }
  }

  private Outcome delete(SetId set, Action.DeleteClaim delete, Set<String> proven) {
    OrdinalPod proof = delete.proof();
    if (!proven.contains(proof.uid())) {
      switch (cluster.readPod(proof.namespace(), proof.name())) {
        case Found.Unknown<OrdinalPod>(String why) -> {
          return failed(set, why);
        }
        case Found.Gone<OrdinalPod> _ -> {
          return new Outcome.Behind();
        }
        case Found.There<OrdinalPod>(OrdinalPod now) -> {
          if (!now.uid().equals(proof.uid()) || now.phase() != PodPhase.SUCCEEDED) {
            return new Outcome.Behind();
          }
          proven.add(proof.uid());
        }
      }
      if (!mayAct.getAsBoolean()) {
        return new Outcome.Behind();
      }
    }
    return judged(
        set,
        cluster.deleteClaim(delete.claim()),
        () -> {
          speaker.say(set, Notice.SUCCESSFUL_DELETE, "claim " + delete.claim().name());
          listener.claimDeleted(set);
        });
  }

  /** What is not there any more is done as well (D09). */
  private Outcome judged(SetId set, ObjectAnswer answer, Runnable done) {
    return switch (answer) {
      case ObjectAnswer.Done _ -> {
        done.run();
        yield fine();
      }
      case ObjectAnswer.Gone _ -> fine();
      case ObjectAnswer.Conflict(String why) -> {
        LOG.debug("StatefulSet {}: looked at again, {}", set, why);
        yield new Outcome.Behind();
      }
      case ObjectAnswer.Refused(int status, boolean namespaceEnds, String why) -> failed(set, why);
      case ObjectAnswer.Unclear(String why) -> failed(set, why);
    };
  }

  private static Outcome fine() {
    return new Outcome.Fine(Optional.empty());
  }

  private Outcome failed(SetId set, String why) {
    listener.failed(set);
    return new Outcome.Failed(why);
  }

  /** A pod of ours whose set is gone; that is asked once more. */
  Outcome sweep(OrdinalPod pod) {
    SetId set =
        new SetId(
            pod.namespace(),
            pod.owner().map(OrdinalPod.Owner::set).orElse("-"),
            pod.owner().map(OrdinalPod.Owner::uid).filter(uid -> !uid.isBlank()).orElse("-"));
    if (!mayAct.getAsBoolean()) {
      return new Outcome.Behind();
    }
    boolean isGone =
        switch (cluster.readSet(set.namespace(), set.name())) {
          case Found.Gone<SetFacts> _ -> true;
          case Found.Unknown<SetFacts> _ -> false;
          case Found.There<SetFacts>(SetFacts there) -> !Sweep.isOf(pod, there.id());
        };
    if (!isGone || !mayAct.getAsBoolean()) {
      return new Outcome.Behind();
    }
    return judged(
        set,
        cluster.deletePod(pod),
        () -> told(set, new Action.DeletePod(0, pod, Action.Because.SET_GONE)));
  }
}
