package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.nodes.HeldBy;
import java.util.Optional;
import java.util.Set;

/**
 * What others than this Node's core decide about the work on it: the budget of its pool, the
 * records of other VMs, other tools at work (kubernetes-drain.md 13, 15, 16).
 *
 * @param held why the cordon that the core asked for is not given to this work yet; the record
 *     shows it, and that nothing is touched
 * @param ackable ids of events that the watcher may acknowledge; empty: those that are drained
 * @param othersDrain another tool empties the Node: watched, and nothing is evicted before the
 *     first force point
 */
public record NodeTerms(HeldBy held, Optional<Set<String>> ackable, boolean othersDrain) {
  /** Nobody else decides anything. */
  public static final NodeTerms NONE = new NodeTerms(HeldBy.NOTHING, Optional.empty(), false);

  public NodeTerms {
    ackable = ackable.map(Set::copyOf);
  }
}
