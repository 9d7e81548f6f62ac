package io.drainwatch.drainer.nodes;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records for tests. */
final class Records {
  static final MarkSettings EVERYTHING = new MarkSettings(true, true, NodeKeys.HOLDS);

  private Records() {}

  static NodeEvent event(String id) {
    return new NodeEvent(
        id,
        "Reboot",
        EventStatus.SCHEDULED,
        Optional.of(ANode.NOON.plus(Duration.ofMinutes(15))),
        EventSource.PLATFORM,
        List.of("aks-1", "aks-2"),
        Optional.of(Duration.ofSeconds(9)));
  }

  static NodeRecord scheduled() {
    return NodeRecord.begun(
        ANode.machine(),
        List.of(event("E-1")),
        Progress.begun(ANode.NOON, Optional.of(ANode.NOON.plus(Duration.ofMinutes(14)))),
        "default Reboot",
        "drainer-0");
  }

  static NodeRecord in(MaintenanceState state, Phase phase) {
    NodeRecord record = scheduled();
    return record.with(record.progress().entered(state, phase, ANode.NOON));
  }

  static NodeRecord drainingSince(Instant began) {
    NodeRecord record = in(MaintenanceState.DRAINING, Phase.EVICTING);
    Progress progress = record.progress();
    return record.with(
        new Progress(
            progress.state(),
            progress.phase(),
            progress.since(),
            Optional.of(began),
            progress.deadline(),
            progress.held(),
            progress.heartbeat()));
  }

  /**
   * Sets every mark that is to be set, as the shell does, and gives the record that stands then.
   */
  static NodeRecord marked(ANode node, NodeRecord record, MarkSettings settings) {
    NodeRecord current = record;
    while (Marking.next(Optional.of(node.facts()), current, settings)
        instanceof MarkStep.Send(NodePatch patch, NodeRecord after, boolean foreign)) {
      node.patched(patch);
      current = after;
    }
    return current;
  }

  static NodeRecord cordoned(ANode node) {
    return marked(
        node,
        in(MaintenanceState.CORDONED, Phase.SETTLING),
        new MarkSettings(false, false, Set.of()));
  }

  static Restoring.Send restored(ANode node, NodeRecord record) {
    LastMaintenance last =
        LastMaintenance.of(record, LastMaintenance.Ending.RETURNED, ANode.NOON.plusSeconds(900));
    Restoring.Send send = (Restoring.Send) Restoring.plan(Optional.of(node.facts()), record, last);
    node.patched(send.patch());
    return send;
  }
}
