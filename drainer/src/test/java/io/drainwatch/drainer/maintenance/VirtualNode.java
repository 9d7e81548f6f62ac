package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What new work comes in through, and what runs on it: who cordoned, how evictions end. */
public final class VirtualNode {
  private boolean ours;
  private boolean others;

  /** How long evictions take; empty: for ever. */
  public Optional<Duration> evictionsTake = Optional.of(Duration.ofMillis(1));

  /** What the evictions leave behind. */
  public List<String> left = List.of();

  public boolean isCordoned() {
    return ours || others;
  }

  public boolean isCordonedByUs() {
    return ours;
  }

  public boolean isCordonedByOthers() {
    return others;
  }

  /** Returns whether it was us; a second cordon of ours is ours as the first was. */
  boolean cordon() {
    if (!others) {
      ours = true;
    }
    return ours;
  }

  /** Returns false when it would have undone what others did. */
  boolean uncordon(boolean asOurs) {
    boolean right = !asOurs || ours || !others;
    if (asOurs) {
      ours = false;
    }
    return right;
  }

  public void cordonByOthers() {
    others = !ours;
  }

  public void uncordonByOthers() {
    ours = false;
    others = false;
  }
}
