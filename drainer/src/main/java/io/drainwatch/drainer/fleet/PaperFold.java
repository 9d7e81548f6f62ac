package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.PaperNode;
import io.drainwatch.drainer.coexistence.OtherTools;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.PaperCore;
import io.drainwatch.drainer.nodework.PaperDrain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The drainer's core of a Node on paper, whose watcher tells of an event. */
public final class PaperFold implements PaperDrain.Core {
  private final FleetSettings settings;
  private final CoreFold core;
  private Instant now;

  private PaperFold(FleetSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    core =
        new CoreFold(
            new Lifecycle(settings.lifecycle()), () -> this.now, Telling.toNobody(PaperNode.NAME));
  }

  /**
   * A drain on paper.
   *
   * @return the state it came to
   */
  public static Optional<MaintenanceState> drain(NodeSettings settings, Instant now) {
    FleetSettings fleet = FleetSettings.of(LifecycleSettings.defaults());
    return PaperDrain.of(settings, new PaperFold(fleet, now), now);
  }

  @Override
  public Optional<Machine> machine() {
    return core.machine();
  }

  @Override
  public Optional<Episode> episode() {
    return core.episode();
  }

  @Override
  public List<Action> begin(PaperNode paper, Instant at) {
    ObservationNote note =
        new ObservationNote(
            Optional.of(PaperNode.NAME),
            PaperNode.NAME,
            PaperNode.NAME,
            0,
            at,
            ObservationNote.Health.OK,
            List.of(NodeEvent.of(PaperCore.event(at))),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0);
    return seen(paper.annotated(NodeKeys.OBSERVATION, ObservationJson.write(note)), at);
  }

  @Override
  public List<Action> next(Optional<Observation> observation, Instant at) {
    now = at;
    observation.ifPresent(core::report);
    return core.advance();
  }

  @Override
  public List<Action> seen(NodeFacts node, Instant at) {
    now = at;
    OtherTools.on(node, settings.weWriteDrainSafe());
    NodeCard.of(node, Optional.empty(), settings.drainSafe());
    core.take(node);
    return core.advance();
  }
}
