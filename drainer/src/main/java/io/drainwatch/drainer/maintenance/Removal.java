package io.drainwatch.drainer.maintenance;

import java.time.Duration;

/**
 * VMs that are gone for good, or that are new, and how far the hook is that tells of it.
 *
 * @param of the event that removed them, or that they were added
 */
public record Removal(PeerEvent of, HookRun hook) {
  public Removal {
    if (hook.hook() != of.hook()) {
      throw new IllegalArgumentException("no hook of a removal: " + hook.hook());
    }
  }

  /** What it is of stays as it was seen. */
  Removal shifted(Duration by) {
    return new Removal(of, hook.shifted(by));
  }

  Removal with(HookRun changed) {
    return new Removal(of, changed);
  }
}
