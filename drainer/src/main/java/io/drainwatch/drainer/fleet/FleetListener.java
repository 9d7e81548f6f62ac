package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.coexistence.OtherTool;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodework.NodeNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For metrics and notifications. Called on the folding threads, in order for each Node; must return
 * at once. What it throws is logged and forgotten.
 */
public interface FleetListener {
  FleetListener NONE = new FleetListener() {};

  /** Leadership was gained, or lost: then nothing is held, stands or is said any more. */
  default void leads(boolean leading) {}

  /** A state was entered. */
  default void entered(String node, MaintenanceState state, Episode episode, Instant now) {}

  /** The episode as it stands after a step; empty: none (any more). */
  default void stands(String node, String pool, Optional<Episode> episode, Instant now) {}

  /** The core says something. */
  default void said(String node, Reason reason, String detail) {}

  /** The work on the Node says something. */
  default void noted(String node, NodeNote note) {}

  /** A drain began or ended to wait for others. */
  default void held(String node, String pool, HeldBy by) {}

  /** The Node was deleted: that nothing stands there any more does not mean that it is back. */
  default void nodeIsGone(String node, Instant now) {}

  /** All that follows from one observation of a Node was told. */
  default void settled(String node, Instant now) {}

  /** The one summary of an episode. */
  default void summarized(String node, Summary summary, EpisodeEnd ending) {}

  /** Another tool acts on a Node; once for each Node and tool. */
  default void alsoActs(String node, OtherTool tool) {}

  /** Must never be called. */
  default void violated(String node, List<Invariants.Violation> violations) {}
}
