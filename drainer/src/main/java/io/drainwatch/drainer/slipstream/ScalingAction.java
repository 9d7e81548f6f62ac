package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.context.Effects;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The values of SLIPSTREAM_SCALING_ACTION. No new one may come: every script in the wild would fall
 * through its {@code case}. The disk actions come from no event of the platform, only from {@code
 * slipstream.actions}.
 */
public enum ScalingAction {
  /** This VM goes through a reboot and comes back. */
  VM_RESIZE,
  VM_REMOVE,
  DISK_ATTACH,
  DISK_DETACH;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ScalingAction> of(String word) {
    return Arrays.stream(values())
        .filter(action -> action.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  static ScalingAction of(Effects.ScaleAction action) {
    return switch (action) {
      case VM_RESIZE -> VM_RESIZE;
      case VM_REMOVE -> VM_REMOVE;
    };
  }

  /** A VM that was said to be removed has no Post-Scale, even if it comes up again (SS04). */
  public boolean isFollowedByPostScale() {
    return switch (this) {
      case VM_RESIZE, DISK_ATTACH, DISK_DETACH -> true;
      case VM_REMOVE -> false;
    };
  }
}
