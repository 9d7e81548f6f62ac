package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.Marks;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.Progress;
import java.util.List;
import java.util.Optional;

/** How the Node stands at the beginning. */
enum Start {
  CALM,
  /** Nothing behind the budget may go. */
  BUDGET_USED_UP,
  /** Cordoned by somebody, with the record of another Node that was drained for the same event. */
  FOREIGN_RECORD;

  SmallServer server() {
    SmallServer calm = SmallServer.at(Azure.START, this != BUDGET_USED_UP);
    return this == FOREIGN_RECORD ? calm.withForeignRecord(ofAnotherNode()) : calm;
  }

  Oracle oracle() {
    return Oracle.CALM.withForeign(this == FOREIGN_RECORD);
  }

  private static NodeRecord ofAnotherNode() {
    NodeEvent event =
        NodeEvent.of(Azure.of(Azure.Plot.LIFE).document(Azure.START).events().getFirst());
    return new NodeRecord(
        "hash",
        new NodeMachine("uid-of-another-node", Optional.of("id-1"), "boot-1"),
        List.of(event),
        new Progress(
            MaintenanceState.DRAINED,
            Phase.ACKNOWLEDGING,
            Azure.START,
            Optional.empty(),
            Optional.empty(),
            HeldBy.NOTHING,
            Optional.empty()),
        "default Reboot",
        Marks.NONE.withCordon(true),
        Optional.of(new Prior(false, Optional.empty())),
        new DrainNote(
            List.of("A"), List.of("A"), new DrainNote.Counts(0, 0, 0, 0, 0), List.of(), 0),
        "agent",
        1);
  }
}
