package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.coexistence.OtherTool;
import io.drainwatch.drainer.fleet.EpisodeEnd;
import io.drainwatch.drainer.fleet.FleetListener;
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

/** Two that listen, one after the other. */
record BothListeners(FleetListener first, FleetListener second) implements FleetListener {

  @Override
  public void leads(boolean leading) {
    first.leads(leading);
    second.leads(leading);
  }

  @Override
  public void entered(String node, MaintenanceState state, Episode episode, Instant now) {
    first.entered(node, state, episode, now);
    second.entered(node, state, episode, now);
  }

  @Override
  public void stands(String node, String pool, Optional<Episode> episode, Instant now) {
    first.stands(node, pool, episode, now);
    second.stands(node, pool, episode, now);
  }

  @Override
  public void said(String node, Reason reason, String detail) {
    first.said(node, reason, detail);
    second.said(node, reason, detail);
  }

  @Override
  public void noted(String node, NodeNote note) {
    first.noted(node, note);
    second.noted(node, note);
  }

  @Override
  public void held(String node, String pool, HeldBy by) {
    first.held(node, pool, by);
    second.held(node, pool, by);
  }

  @Override
  public void nodeIsGone(String node, Instant now) {
    first.nodeIsGone(node, now);
    second.nodeIsGone(node, now);
  }

  @Override
  public void settled(String node, Instant now) {
    first.settled(node, now);
    second.settled(node, now);
  }

  @Override
  public void summarized(String node, Summary summary, EpisodeEnd ending) {
    first.summarized(node, summary, ending);
    second.summarized(node, summary, ending);
  }

  @Override
  public void alsoActs(String node, OtherTool tool) {
    first.alsoActs(node, tool);
    second.alsoActs(node, tool);
  }

  @Override
  public void violated(String node, List<Invariants.Violation> violations) {
    first.violated(node, violations);
    second.violated(node, violations);
  }
}
