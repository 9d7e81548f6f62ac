package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.ObservationText;
import io.drainwatch.drainer.nodes.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The note that stands in for a journal says that an acknowledgement may have left. Said too early
 * it would keep the drainer from draining again what appears on the Node.
 */
class NoteBeforePostTest {
  private final DistantWork work = new DistantWork(Policy.defaults(), true);
  private final Standing standing = new Standing();
  private final List<Observation> reported = new ArrayList<>();
  private DistantState state = DistantState.of(TwoSided.NODE);
  private Instant now = Standing.NOW;
  private Optional<ObservationNote> told = Optional.empty();

  @BeforeEach
  void drained() {
    standing.state = MaintenanceState.DRAINED;
    standing.recorded = MaintenanceState.DRAINED;
    standing.phase = Phase.ACKNOWLEDGING;
    standing.drained = List.of("A");
    see();
    step();
  }

  @Test
  @DisplayName("I1 K74 the note tells of no POST that the record does not allow yet")
  void isNotWrittenBeforeTheRecordAllowsIt() {
    ask();
    assertThat(reported).containsExactly(new Observation.AcknowledgeWithheld("A"));
    assertThat(acks()).isEmpty();

    standing.ackable = List.of("A");
    see();
    assertThat(acks()).containsExactly("A 0");
    assertThat(reported).contains(new Observation.AcknowledgeAllowed("A"));
  }

  @Test
  @DisplayName("I1 K74 the note takes it back when the record allows it no longer before it left")
  void isTakenBack() {
    ask();
    standing.ackable = List.of("A");
    see();
    standing.ackable = List.of();
    see();
    ask();
    assertThat(acks()).isEmpty();
    assertThat(reported).last().isEqualTo(new Observation.AcknowledgeWithheld("A"));
  }

  private List<String> acks() {
    return told.stream()
        .flatMap(note -> note.acks().stream())
        .map((Ack ack) -> ack.id() + " " + ack.status())
        .toList();
  }

  private void ask() {
    observe(new DistantObservation.AcknowledgeAsked("A", false));
  }

  private void see() {
    now = now.plusSeconds(2);
    standing.version = Integer.toString(Integer.parseInt(standing.version) + 1);
    observe(new DistantObservation.NodeSeen(standing.reading()));
  }

  private void step() {
    observe(new DistantObservation.Stepped(standing.watch(), Health.OK, Set.of()));
  }

  private void observe(DistantObservation observation) {
    DistantStep step = work.next(state, observation, now);
    state = step.state();
    for (DistantAction action : step.actions()) {
      switch (action) {
        case DistantAction.Report(var report) -> reported.add(report);
        case DistantAction.Patch(var patch) -> {
          String text = patch.annotations().get(NodeKeys.OBSERVATION).orElseThrow();
          told = Optional.of(((ObservationText.Read) ObservationJson.read(text)).note());
          observe(new DistantObservation.Written(new WriteAnswer.Done(standing.node())));
        }
        default -> {}
      }
    }
  }
}
