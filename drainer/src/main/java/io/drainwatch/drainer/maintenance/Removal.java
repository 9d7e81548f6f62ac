package io.drainwatch.drainer.maintenance;

import java.time.Duration;

/**
 * VMs that are gone for good, and how far the hook peer-removed is that tells of it.
 *
 * @param of the event that removed them
 */
public record Removal(PeerEvent of, HookRun hook) {
  public Removal {
    if (hook.hook() != Hook.PEER_REMOVED) {
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
