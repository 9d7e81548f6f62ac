package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.Claim;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodework.NodeState;
import java.time.Instant;
import java.util.Optional;

/**
 * One Node as the fleet sees it, for people. Nothing in it changes any more.
 *
 * @param zone empty: its labels name none
 * @param cordoned whoever did it
 * @param hasEvents its watcher tells of one that the last maintenance did not serve
 * @param hasRecord readable or not
 * @param work how the work on it stands; empty: nobody looks after it
 * @param claim on its pool's budget; empty: none
 * @param last the maintenance before, as its annotation tells
 */
public record NodeSight(
    String name,
    String pool,
    String zone,
    boolean ready,
    boolean cordoned,
    Optional<String> vmName,
    boolean hasEvents,
    boolean hasRecord,
    Optional<NodeRecord> record,
    Optional<NodeState> work,
    Optional<Claim> claim,
    Optional<Finished> last) {

  static NodeSight of(String name, NodeCard card, Optional<NodeState> work, Optional<Claim> claim) {
    return new NodeSight(
        name,
        card.pool(),
        card.looks().zone(),
        card.looks().ready(),
        card.looks().cordoned(),
        card.vmName(),
        card.hasEvents(),
        card.hasRecord(),
        card.record(),
        work,
        claim,
        card.looks().last());
  }

  /** When its drain begins though others of the pool are not back; empty: nobody can tell. */
  public Optional<Instant> startsAnyway() {
    return work.flatMap(NodeState::episode).flatMap(Turn::startsAnyway);
  }

  /** Nobody need look after it. */
  public boolean isQuiet() {
    return work.isEmpty() && !hasEvents && !hasRecord;
  }
}
