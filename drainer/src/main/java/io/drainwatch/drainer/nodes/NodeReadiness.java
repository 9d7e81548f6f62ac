package io.drainwatch.drainer.nodes;

import java.time.Instant;
import java.util.Optional;

/**
 * The Node's condition Ready. Both moments are of the Node's clock: they are compared with each
 * other, never with ours (item 46).
 *
 * @param ready status is True; Unknown and an absent condition are not ready
 * @param changedAt the condition's last transition
 * @param heartbeat the last one known: the condition's, or the Node Lease's if that is read and
 *     newer (a kubelet with nothing to say renews the condition only every 5 minutes)
 */
public record NodeReadiness(
    boolean ready, Optional<Instant> changedAt, Optional<Instant> heartbeat) {
  public static final NodeReadiness UNKNOWN =
      new NodeReadiness(false, Optional.empty(), Optional.empty());
}
