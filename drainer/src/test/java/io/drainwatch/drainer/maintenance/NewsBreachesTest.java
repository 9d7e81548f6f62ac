package io.drainwatch.drainer.maintenance;

import static io.drainwatch.drainer.maintenance.StepTaken.event;
import static io.drainwatch.drainer.maintenance.StepTaken.moment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** I8 to I10: deadlines, summaries, and what is news of an event. */
class NewsBreachesTest extends BreachScenario {
  @Test
  @DisplayName("I8 a deadline that moves later, or is forgotten")
  void i8() {
    StepTaken quiet = quiet(MaintenanceState.DRAINED);
    Consumer<ObjectNode> later =
        each -> each.put("deadline", moment(each.get("deadline")).plusSeconds(60).toString());
    isSeen("I8", quiet.episodeAfter(later));
    isSeen("I8", quiet.episodeAfter(each -> each.putNull("deadline")));
    isNotSeen(
        "I8",
        quiet.episodeAfter(
            each ->
                each.put("deadline", moment(each.get("deadline")).minusSeconds(60).toString())));
    Consumer<ObjectNode> moved =
        later.andThen(
            each ->
                event(each)
                    .put(
                        "notBefore",
                        moment(event(each).get("notBefore")).plusSeconds(60).toString()));
    isNotSeen("I8", quiet.episodeAfter(moved));
    isSeen("I8", quiet.episodeAfter(moved).observing(new Observation.ReadFailed()));
    isSeen(
        "I8",
        quiet
            .episodeAfter(
                each ->
                    event(each)
                        .put(
                            "deadline",
                            moment(event(each).get("deadline")).plusSeconds(60).toString()))
            .observing(new Observation.ClockStepped(Duration.ofSeconds(60))));
  }

  @Test
  @DisplayName("I9 no summary, two of them, or one that was not given")
  void i9() {
    StepTaken ends = first(Action.Summarize.class);
    Action.Summarize given =
        ends.step().actions().stream()
            .filter(Action.Summarize.class::isInstance)
            .map(Action.Summarize.class::cast)
            .findFirst()
            .orElseThrow();
    isSeen("I9", ends.doingAlso(given));
    isSeen("I9", ends.episodeBefore(each -> each.put("summarized", true)));
    isSeen("I9", ends.doing());
    Episode found =
        StepTaken.edited(
            ends.before().episode().orElseThrow(), each -> each.put("summarized", true));
    StepTaken quiet = quiet(MaintenanceState.DRAINED);
    StepTaken called = quiet.episodeAfter(each -> each.put("summarized", true));
    isSeen("I9", called);
    isNotSeen("I9", called.observing(new Observation.RecordFound(found)));
    isSeen("I9", quiet.droppingTheEpisode());
    isNotSeen("I9", quiet.droppingTheEpisode().doing(new Action.SetAside(found)));
    isSeen("I9", quiet.episodeBefore(each -> each.put("summarized", true)));
  }

  /** What says nothing of any event. */
  enum NoNews {
    READ_FAILED(new Observation.ReadFailed()),
    TICK(new Observation.Tick()),
    EMPTY(new Observation.EmptyAnswer()),
    GROUP(new Observation.GroupSeen(List.of())),
    RECORDED(new Observation.Recorded()),
    NODE_CONDITIONS(new Observation.NodeConditionsRead(List.of())),
    RESUME(new Observation.OperatorResume()),
    NODE_GONE(new Observation.NodeGone()),
    NODE_REPLACED(new Observation.NodeReplaced(true)),
    CORDON_DONE(new Observation.CordonDone(true));

    private final Observation observation;

    NoNews(Observation observation) {
      this.observation = observation;
    }
  }

  @ParameterizedTest(name = "I10 {0} is no news of an event")
  @EnumSource(NoNews.class)
  void i10(NoNews none) {
    isSeen("I10", missing().observing(none.observation));
  }

  private StepTaken missing() {
    return quiet(MaintenanceState.DRAINED).episodeAfter(each -> event(each).put("absentFrom", 1));
  }

  @Test
  @DisplayName("I10 a document is news of what it does not hold, unless it is old")
  void i10OfDocuments() {
    StepTaken missing = missing();
    Instant now = missing.now();
    Document without = document(now);
    Document with = document(now, Events.reboot("A").event());
    StepTaken read = missing.observing(new Observation.DocumentRead(without)).readingLast(without);
    isNotSeen("I10", read);
    isSeen("I10", read.readingLast(document(now.plusSeconds(1))));
    isSeen("I10", missing.observing(new Observation.DocumentRead(with)).readingLast(with));
    isSeen("I10", read.episodeBefore(ofTheEvent("source", "OPERATOR")));
    isNotSeen(
        "I10",
        missing
            .episodeBefore(ofTheEvent("source", "OPERATOR"))
            .observing(new Observation.OperatorResume()));
    Watch.EmptyRun run = new Watch.EmptyRun(now.minus(Duration.ofHours(1)), now);
    StepTaken empty = missing.observing(new Observation.EmptyAnswer());
    StepTaken longEnough =
        empty
            .before(Watches.empties(empty.before(), run))
            .after(Watches.empties(empty.step().watch(), run));
    isNotSeen("I10", longEnough);
    Watch.EmptyRun shorter = new Watch.EmptyRun(now.minusSeconds(5), now);
    isSeen(
        "I10",
        longEnough
            .before(Watches.empties(empty.before(), shorter))
            .after(Watches.empties(empty.step().watch(), shorter)));
  }
}
