package io.drainwatch.drainer.nodes;

import java.util.Optional;

/**
 * A taint of a Node.
 *
 * @param timeAdded as read; sent back unchanged, because a patch replaces the whole list and a
 *     NoExecute taint without its time starts all tolerated seconds anew
 */
public record NodeTaint(String key, String value, String effect, Optional<String> timeAdded) {
  /** Never NoExecute: that kills pods past their disruption budget. */
  static final String NO_SCHEDULE = "NoSchedule";

  static NodeTaint ours(String value) {
    return new NodeTaint(NodeKeys.TAINT, value, NO_SCHEDULE, Optional.empty());
  }

  /** Key and effect identify a taint. */
  boolean isSameAs(NodeTaint other) {
    return key.equals(other.key) && effect.equals(other.effect);
  }

  /** Ours exactly as recorded; one whose value somebody changed is no longer ours. */
  boolean isOurs(String recordedValue) {
    return isSameAs(ours(recordedValue)) && value.equals(recordedValue);
  }
}
