package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Standing;
import java.time.Duration;
import java.time.Instant;

/** Told of the clean-up, on its worker; must return at once and not throw. */
public interface CleaningListener {
  /** Nobody. */
  CleaningListener NONE = new CleaningListener() {};

  /** With the loss all that was told before is void. */
  default void leads(boolean leading) {}

  default void stands(SetId set, Standing standing, Instant now) {}

  /** It is gone, or not ours to look after any more. */
  default void isGone(SetId set) {}

  /** A clean-up pod has ended, or was found so; told once for each pod. */
  default void ended(SetId set, boolean succeeded, Duration lasted) {}

  /** A pod that had failed was made anew. */
  default void retried(SetId set) {}

  default void claimDeleted(SetId set) {}

  /** Something could not be done; it is tried again. */
  default void failed(SetId set) {}
}
