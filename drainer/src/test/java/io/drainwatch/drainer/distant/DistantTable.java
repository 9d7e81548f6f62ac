package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The watcher's side of form {@code controller} at one moment, for tables. */
abstract class DistantTable {
  final Standing standing = new Standing();
  private final DistantWork work = new DistantWork(Policy.defaults(), true);
  private final List<DistantAction> actions = new ArrayList<>();
  private DistantState state = DistantState.of(TwoSided.NODE);

  final void step() {
    observe(new DistantObservation.Stepped(standing.watch(), Health.OK, Set.of()));
  }

  final void see() {
    observe(new DistantObservation.NodeSeen(standing.reading()));
  }

  final void observe(DistantObservation observation) {
    DistantStep step = work.next(state, observation, Standing.NOW);
    state = step.state();
    actions.addAll(step.actions());
  }

  final List<Observation> reports() {
    return actions.stream()
        .filter(DistantAction.Report.class::isInstance)
        .map(DistantAction.Report.class::cast)
        .map(DistantAction.Report::observation)
        .toList();
  }

  final List<DistantAction> posts() {
    return actions.stream().filter(DistantAction.Acknowledge.class::isInstance).toList();
  }
}
