package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import io.drainwatch.drainer.evictions.EvictionOutcome.Blocked;
import io.drainwatch.drainer.evictions.EvictionOutcome.Misconfigured;
import io.drainwatch.drainer.evictions.EvictionOutcome.Transient;
import io.drainwatch.drainer.evictions.EvictionOutcome.TransientCause;
import io.drainwatch.drainer.evictions.PodTrack.Fate;
import io.drainwatch.drainer.evictions.PodTrack.InFlight;
import io.drainwatch.drainer.evictions.PodTrack.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an answer does to its pod, its group and the pace of all. */
final class Answering {
  private static final Duration TOKEN_AGAIN = Duration.ofSeconds(10);

  private Answering() {}

  static void take(Fold fold, EvictionObservation.Answered answered) {
    PodDraft pod = fold.pods.get(answered.uid());
    Optional<InFlight> sent =
        Optional.ofNullable(pod)
            .flatMap(it -> it.inFlight)
            .filter(it -> it.attempt() == answered.attempt());
    if (pod == null || sent.isEmpty()) {
      return;
    }
    pod.inFlight = Optional.empty();
    AnswerTable.Verb verb =
        sent.get().verb() == Verb.EVICT ? AnswerTable.Verb.EVICTION : AnswerTable.Verb.DELETE;
    boolean known = fold.plan.map(Plan::evictionKnown).orElse(true);
    new Turn(fold, pod, sent.get(), answered.jitter())
        .apply(AnswerTable.read(answered.answer(), pod.pod, verb, known));
  }

  /** One answer in its place. */
  private record Turn(Fold fold, PodDraft pod, InFlight sent, double jitter) {

    void apply(EvictionOutcome outcome) {
      settle(outcome);
      switch (outcome) {
        case EvictionOutcome.Accepted() -> accepted();
        case EvictionOutcome.Gone() -> {
          pod.fate = Fate.GONE;
          pod.why = "reported gone, not confirmed";
          pod.lookAfter = Optional.of(fold.now);
          again(outcome, 1);
          letNextFollow();
        }
        case EvictionOutcome.Replaced() -> {
          pod.fate = Fate.REPLACED;
          pod.why = "another pod has its name";
          fold.tell(Reason.REPLACED, pod, pod.why);
        }
        case EvictionOutcome.Conflict(String text) -> {
          pod.why = text;
          // it has changed, so what is known of it would be refused again; and nothing was tried
          if (sent.onlyAsSeen()) {
            pod.lookAfter = Optional.of(fold.now);
            pod.tries--;
          }
          again(outcome, 1);
        }
        case Blocked blocked -> refused(blocked);
        case EvictionOutcome.Wait(String text) -> {
          pod.why = text;
          again(outcome, 1);
        }
        case Misconfigured misconfigured -> misconfigured(misconfigured);
        case EvictionOutcome.NoEvictionApi(String text) -> {
          switch (fold.settings.withoutEvictionApi()) {
            case FAIL -> misconfigured(new Misconfigured("no eviction API: " + text));
            case DELETE -> {
              fold.withoutEvictionApi = true;
              pod.why = text;
              again(outcome, 1);
            }
          }
        }
        case Transient failed -> failed(failed);
      }
    }

    // what any answer but the one at hand ends
    private void settle(EvictionOutcome outcome) {
      if (!(outcome instanceof Transient)) {
        fold.outage = Outage.NONE;
        pod.failures = 0;
        pod.lookAfter = Optional.empty();
        pod.blocked = pod.blocked.filter(before -> outcome instanceof Blocked);
        boolean roleIsWrong =
            outcome instanceof Misconfigured || outcome instanceof EvictionOutcome.NoEvictionApi;
        if (!roleIsWrong && sent.verb() == Verb.EVICT) {
          fold.groups.remove(new GroupKey.Role(pod.pod.namespace()));
        }
      }
      // once it came through; a DELETE that did not is sent again
      if (sent.verb() == Verb.SHORTEN && !(outcome instanceof EvictionOutcome.Accepted)) {
        pod.shortened = false;
      }
    }

    private void accepted() {
      pod.fate = Fate.ACCEPTED;
      pod.why = "";
      pod.lookAfter = Optional.of(fold.now);
      pod.terminates(sent.sentAt(), sent.grace());
      fold.evicted(pod);
      letNextFollow();
      if (sent.verb() == Verb.EVICT) {
        GroupKey.pacing(pod.pod).ifPresent(it -> fold.windows.merge(it, 2, (was, two) -> was + 1));
      }
    }

    // a pod deleted past its budget says nothing of the budget
    private void letNextFollow() {
      if (sent.verb() == Verb.EVICT) {
        fold.groupOf(pod).ifPresent(key -> fold.groups.put(key, new Group(0, fold.now, fold.now)));
      }
    }

    private void refused(Blocked blocked) {
      pod.why = blocked.cause().word() + ", " + blocked.text();
      pod.blockedBy(blocked.cause(), fold.now);
      fold.tell(Reason.BLOCKED, pod, pod.why);
      Optional<GroupKey> key =
          sent.verb() == Verb.EVICT ? GroupKey.of(pod.pod, blocked) : Optional.empty();
      pod.group = key;
      if (key.isEmpty()) {
        pod.refusals++;
        again(blocked, pod.refusals);
        return;
      }
      pod.refusals = 0;
      GroupKey.ownerOf(pod.pod).ifPresent(owner -> fold.siblings.put(owner, key.get()));
      GroupKey.pacing(pod.pod).ifPresent(paced -> fold.windows.put(paced, 1));
      // the group's pace from here on; what stood here was of another refusal
      pod.notBefore = Optional.empty();
      Optional<Group> was = Optional.ofNullable(fold.groups.get(key.get()));
      // sent together with one that was refused already: no news
      int run =
          was.map(
                  it ->
                      sent.sentAt().isBefore(it.answeredAt())
                          ? Math.max(1, it.run())
                          : it.run() + 1)
              .orElse(1);
      Instant next = fold.now.plus(Pace.delay(blocked, run, jitter));
      Instant asked = fold.now.plus(blocked.atLeast());
      fold.groups.put(key.get(), new Group(run, fold.now, next, asked));
    }

    private void misconfigured(Misconfigured misconfigured) {
      pod.why = misconfigured.text();
      fold.tell(Reason.MISCONFIGURED, pod, pod.why);
      if (sent.verb() == Verb.EVICT) {
        Instant next = fold.now.plus(Pace.delay(misconfigured, 1, jitter));
        fold.groups.put(new GroupKey.Role(pod.pod.namespace()), new Group(1, fold.now, next));
      } else {
        again(misconfigured, 1);
      }
    }

    private void failed(Transient failed) {
      pod.why = failed.text();
      if (failed.cause().mayHaveCounted()) {
        pod.lookAfter = Optional.of(fold.now);
      }
      // a token that stays refused is an outage like others
      if (failed.cause() == TransientCause.UNAUTHORIZED
          && readsTokenAgain()
          && !fold.outage.probes()) {
        pod.notBefore = Optional.of(fold.now.plus(Pace.LEAST));
        return;
      }
      pod.failures++;
      again(failed, pod.failures);
      Outage counted = fold.outage.failed(sent.sentAt(), fold.now, fold.now);
      Instant next = fold.now.plus(shortOfTime(Pace.delay(failed, counted.rounds(), jitter)));
      fold.outage = fold.outage.failed(sent.sentAt(), fold.now, next);
    }

    // what was sent with the old token says nothing of the new one
    private boolean readsTokenAgain() {
      if (fold.tokenReadAt.filter(sent.sentAt()::isBefore).isPresent()) {
        return true;
      }
      if (fold.tokenReadAt.filter(at -> fold.now.isBefore(at.plus(TOKEN_AGAIN))).isPresent()) {
        return false;
      }
      fold.tokenReadAt = Optional.of(fold.now);
      fold.requests.add(new EvictionRequest.ReadToken());
      return true;
    }

    private void again(EvictionOutcome outcome, int run) {
      Duration delay = Pace.delay(outcome, run, jitter);
      boolean urgent = sent.verb() != Verb.EVICT || outcome instanceof Transient;
      pod.notBefore = Optional.of(fold.now.plus(urgent ? shortOfTime(delay) : delay));
    }

    private Duration shortOfTime(Duration delay) {
      return Pace.within(delay, fold.plan.flatMap(Plan::deadline), fold.now);
    }
  }
}
