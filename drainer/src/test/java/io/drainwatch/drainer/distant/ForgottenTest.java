package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.WatchNews;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.ObservationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What only the drainer's record goes by any more. */
class ForgottenTest {
  private static final ScheduledEvent OTHER = TwoSided.event("B", "Reboot", Duration.ofMinutes(15));

  private final DistantWork work = new DistantWork(Policy.defaults(), true);
  private final Standing standing = new Standing();
  private DistantState state = DistantState.of(TwoSided.NODE);
  private Instant now = Standing.NOW;
  private Optional<ObservationNote> told = Optional.empty();

  /** The record goes by A, the core by B alone. */
  @BeforeEach
  void begin() {
    standing.event = OTHER;
    observe(new DistantObservation.NodeSeen(standing.reading()));
    read(OTHER);
    observe(new DistantObservation.NodeSeen(standing.reading()));
  }

  @Test
  @DisplayName(
      "L5 what the core has let go is missing from one document, and gone from two in a row")
  void tellsTheDrainerThatItIsOver() {
    read(OTHER);
    assertThat(told.orElseThrow().missing()).containsExactly("A");
    assertThat(told.orElseThrow().gone()).isEmpty();
    read(OTHER);
    assertThat(told.orElseThrow().gone()).containsExactly("A");
  }

  @Test
  @DisplayName("I10 one document looked at twice is one document")
  void countsDocumentsAndNotLooks() {
    Watch once = watch(OTHER);
    step(once);
    step(once);
    assertThat(told.orElseThrow().gone()).isEmpty();
  }

  @Test
  @DisplayName("I10 what comes back in between stands")
  void startsCountingAnew() {
    read(OTHER);
    read(OTHER, standingA());
    read(OTHER);
    assertThat(told.orElseThrow().missing()).containsExactly("A");
    assertThat(told.orElseThrow().gone()).isEmpty();
  }

  @Test
  @DisplayName("what a condition of the Node had announced is over by documents too")
  void endsWhatAConditionHadAnnounced() {
    standing.recordedId = "C";
    standing.recordedSource = EventSource.NODE_CONDITION;
    observe(new DistantObservation.NodeSeen(standing.reading()));
    read(OTHER);
    read(OTHER);
    assertThat(told.orElseThrow().gone()).containsExactly("C");
  }

  @Test
  @DisplayName("what no document ever names, by hand or made up, is not missing from one")
  void missesNothingThatDocumentsDoNotName() {
    standing.recordedId = ScheduledEvent.MADE_UP + "host-failure";
    observe(new DistantObservation.NodeSeen(standing.reading()));
    read(OTHER);
    read(OTHER);
    assertThat(told.map(ObservationNote::missing).orElse(List.of())).isEmpty();
    assertThat(told.map(ObservationNote::gone).orElse(List.of())).isEmpty();
    standing.recordedId = "by-hand";
    standing.recordedSource = EventSource.OPERATOR;
    observe(new DistantObservation.NodeSeen(standing.reading()));
    read(OTHER);
    read(OTHER);
    assertThat(told.map(ObservationNote::missing).orElse(List.of())).isEmpty();
    assertThat(told.map(ObservationNote::gone).orElse(List.of())).isEmpty();
  }

  private static ScheduledEvent standingA() {
    return TwoSided.event("A", "Reboot", Duration.ofMinutes(15));
  }

  private void read(ScheduledEvent... events) {
    step(watch(events));
  }

  private Watch watch(ScheduledEvent... events) {
    now = now.plusSeconds(1);
    Watch watch = standing.watch();
    return new Watch(
        watch.machine(),
        watch.episode(),
        watch.peers(),
        true,
        false,
        Optional.empty(),
        Optional.of(new Document(OptionalLong.of(8), List.of(events), now)));
  }

  // as the daemon tells of it
  private void step(Watch watch) {
    WatchNews news = state.watch().map(it -> WatchNews.of(it, watch)).orElse(WatchNews.CHANGED);
    switch (news) {
      case CHANGED -> observe(new DistantObservation.Stepped(watch, Health.OK, Set.of()));
      case READ_AGAIN -> observe(new DistantObservation.ReadAgain(watch, Health.OK));
      case NOTHING -> {}
    }
  }

  private void observe(DistantObservation observation) {
    DistantStep step = work.next(state, observation, now);
    state = step.state();
    for (DistantAction action : step.actions()) {
      if (action instanceof DistantAction.Patch(var patch)) {
        String text = patch.annotations().get(NodeKeys.OBSERVATION).orElseThrow();
        told = Optional.of(((ObservationText.Read) ObservationJson.read(text)).note());
        observe(new DistantObservation.Written(new WriteAnswer.Done(standing.node())));
      }
    }
  }
}
