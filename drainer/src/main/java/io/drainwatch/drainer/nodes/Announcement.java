package io.drainwatch.drainer.nodes;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A condition by which AKS tells of a scheduled event on the Node (kubernetes-drain.md 16). Read
 * only: Karpenter repairs Nodes by one of them. Texts are others', bounded and without control
 * characters.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}, as given
 * @param changedAt when the status last changed
 */
public record Announcement(
    String type, String status, String reason, String message, Optional<Instant> changedAt) {
  /** Of the node problem detector: every type of event. */
  public static final String VM_EVENT = "VMEventScheduled";

  /** Newer: a Spot eviction, with the event's id. */
  public static final String PREEMPTION = "PreemptionScheduled";

  /** No other condition of a Node is kept. */
  public static final Set<String> TYPES = Set.of(VM_EVENT, PREEMPTION);

  private static final int MOST_CHARACTERS = 512;

  public Announcement {
    status = NodeText.plain(status, MOST_CHARACTERS);
    reason = NodeText.plain(reason, MOST_CHARACTERS);
    message = NodeText.plain(message, MOST_CHARACTERS);
  }
}
