package io.drainwatch.drainer.scaledown;

import java.util.Set;

/** What is to be done next, in the order of the plan. */
public sealed interface Action {

  /** Those with one ordinal are done until one of them fails. */
  sealed interface OfOrdinal extends Action {
    int ordinal();
  }

  /**
   * On the set.
   *
   * @param json a JSON patch, which fails when the set has changed
   */
  record PatchFinalizers(String json, boolean adds) implements Action {}

  /**
   * On the set; before anything is done that would be forgotten without it. Where it only forgets,
   * it comes last: nothing waits for that.
   *
   * @param json a JSON patch, which fails when the set has changed
   * @param risen ordinals with which nothing is done unless this is
   */
  record RecordAttempts(String json, Attempts attempts, Set<Integer> risen) implements Action {
    public RecordAttempts {
      risen = Set.copyOf(risen);
    }
  }

  /**
   * @param json the whole pod
   */
  record CreatePod(int ordinal, String name, int attempt, String json) implements OfOrdinal {}

  /**
   * Only while that pod exists and has succeeded: it is the proof, and keeps the ordinal from being
   * used anew.
   */
  record DeleteClaim(int ordinal, ClaimFacts claim, OrdinalPod proof) implements OfOrdinal {}

  record DeletePod(int ordinal, OrdinalPod pod, Because because) implements OfOrdinal {}

  /**
   * An Event; to be sent once for its subject and text.
   *
   * @param subject UID of the pod or claim, or the set's
   */
  record Say(Notice notice, String subject, String detail) implements Action {}

  /** Why a pod is deleted. */
  enum Because {
    /** Its work and its claims are done. */
    DONE,
    /** It is made anew. */
    FAILED,
    /** Its ordinal is wanted again, or not to be cleaned up any more. */
    NOT_NEEDED,
    /** Its set, or a claim of its, is not to be cleaned up any more by the owner's wish. */
    DROPPED,
    /** It was made from another template. */
    REPLACED,
    /** It has not begun, and its Node is under maintenance. */
    MAINTENANCE,
    /** Its set is gone. */
    SET_GONE,
    /** A stateful pod: its set is deleted, and our finalizer keeps others from ending it. */
    SET_DELETED
  }
}
