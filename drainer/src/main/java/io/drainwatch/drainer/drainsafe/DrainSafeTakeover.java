package io.drainwatch.drainer.drainsafe;

import java.util.Map;
import java.util.Optional;

/**
 * Reads what DrainSafe left on a node ({@code compat.drainsafe: read}). Only a node without a
 * record of ours is asked, so it happens once: from then on the record is the truth.
 */
public sealed interface DrainSafeTakeover {

  /** Nothing is under way; a cordon on the node is somebody else's. */
  record Nothing(String why) implements DrainSafeTakeover {}

  /**
   * A maintenance that DrainSafe had begun.
   *
   * @param state as it stands in the annotation
   * @param type the event's type; may be empty
   * @param cordonIsOurs whether the node is cordoned, and by DrainSafe: then the record says that
   *     we did it, and the return undoes it
   */
  record HalfDone(DrainSafeState state, String type, boolean cordonIsOurs)
      implements DrainSafeTakeover {}

  /**
   * @param annotations all of the node
   * @param unschedulable whether the node is cordoned
   * @param hasOurRecord of this machine or any other
   */
  static DrainSafeTakeover of(
      DrainSafeMode mode,
      Map<String, String> annotations,
      boolean unschedulable,
      boolean hasOurRecord) {
    if (!mode.reads()) {
      return new Nothing("compat.drainsafe is " + mode.word());
    }
    if (hasOurRecord) {
      return new Nothing("the node has a record of ours");
    }
    String word = text(annotations, DrainSafeAnnotations.STATE_KEY);
    Optional<DrainSafeState> state = DrainSafeState.of(word);
    if (state.isEmpty()) {
      return new Nothing(
          word.isEmpty()
              ? "the node has no " + DrainSafeAnnotations.STATE_KEY
              : DrainSafeAnnotations.STATE_KEY + " is no state of DrainSafe's");
    }
    if (state.get().state().isEmpty()) {
      return new Nothing("DrainSafe says " + word);
    }
    boolean owned =
        text(annotations, DrainSafeAnnotations.OWNER_KEY).equals(DrainSafeAnnotations.OWNER);
    return new HalfDone(
        state.get(),
        text(annotations, DrainSafeAnnotations.TYPE_KEY),
        unschedulable && owned && state.get().mayOwnTheCordon());
  }

  private static String text(Map<String, String> annotations, String key) {
    return annotations.getOrDefault(key, "");
  }
}
