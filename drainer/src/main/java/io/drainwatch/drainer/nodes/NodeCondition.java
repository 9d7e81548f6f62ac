package io.drainwatch.drainer.nodes;

import java.time.Instant;

/**
 * One of our conditions on a Node, or one of these types as read.
 *
 * @param reason CamelCase, as the specification lists them
 * @param message at most 1 KiB
 * @param changedAt when the status, not the message, last changed
 */
public record NodeCondition(
    ConditionType type, boolean status, String reason, String message, Instant changedAt) {
  /** The most that a message may take, in bytes. */
  public static final int MOST_BYTES = 1_024;

  public NodeCondition {
    message = NodeText.cutToBytes(NodeText.plain(message, MOST_BYTES), MOST_BYTES);
  }

  /** Whether it says the same; when it changed is not looked at. */
  boolean saysTheSameAs(NodeCondition other) {
    return type == other.type
        && status == other.status
        && reason.equals(other.reason)
        && message.equals(other.message);
  }
}
