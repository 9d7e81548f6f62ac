package io.drainwatch.drainer.maintenance;

import static io.drainwatch.drainer.maintenance.StepTaken.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * I1 to I7: acknowledgements, evictions, cordons, whose record it is, pace, grace, what is gone.
 */
class BreachesTest extends BreachScenario {
  @Test
  void nothingIsSeenInWhatTheCoreDid() {
    assertThat(steps).hasSizeGreaterThan(100).allMatch(each -> each.broken().isEmpty());
  }

  @Test
  @DisplayName("I1 an acknowledgement of what is not drained, not recorded, not allowed, not ours")
  void i1() {
    StepTaken sent = first(Action.Acknowledge.class);
    isSeen("I1", sent.episodeBefore(each -> event(each).put("drained", false)));
    StepTaken unwritten = sent.before(Watches.flags(sent.before(), false, false));
    isSeen("I1", unwritten.observing(new Observation.Tick()));
    isNotSeen("I1", unwritten.observing(new Observation.Recorded()));
    isSeen("I1", sent.before(Watches.episode(sent.before(), Optional.empty())));
    isSeen("I1", sent.episodeBefore(ofTheEvent("type", "HostUpdate")));
    isSeen("I1", sent.episodeBefore(ofTheEvent("id", "B")));
    isSeen("I1", sent.episodeBefore(ofTheEvent("source", "OPERATOR")));
    isSeen(
        "I1",
        sent.episodeBefore(
            each -> ((ObjectNode) event(each).get("event")).put("hasPlatformId", false)));
    isSeen("I1", sent.after(Watches.machine(sent.step().watch(), Optional.of(OTHER))));
    isSeen("I1", sent.under(DryRun.CALL));
    isSeen("I1", sent.episodeBefore(ofTheRule("acknowledge", "NEVER")));
    Consumer<ObjectNode> undrained = each -> event(each).put("drained", false);
    isNotSeen("I1", sent.episodeBefore(undrained.andThen(ofTheRule("acknowledge", "IMMEDIATELY"))));
    Consumer<ObjectNode> evenIf = undrained.andThen(ofTheRule("acknowledge", "EVEN_IF_FAILED"));
    isSeen("I1", sent.episodeBefore(evenIf.andThen(drain("STOPPED"))));
    isNotSeen("I1", sent.episodeBefore(evenIf.andThen(drain("FAILED"))));
    isSeen("I1", steps.getFirst().doing(new Action.Acknowledge("A", 1)));
  }

  private static Consumer<ObjectNode> drain(String outcome) {
    return each -> ((ObjectNode) each.get("drain")).put("outcome", outcome);
  }

  @Test
  @DisplayName("I2 evictions before the cordon, or before pre-stop; anything in dry-run")
  void i2() {
    StepTaken evicts = first(Action.StartEvictions.class);
    isSeen("I2", evicts.episodeAfter(each -> each.put("cordon", "BEGUN")));
    isSeen("I2", evicts.episodeAfter(each -> ((ObjectNode) each.get("hooks")).remove("PRE_STOP")));
    isSeen("I2", evicts.under(DryRun.CALL));
    isSeen("I2", first(Action.Cordon.class).under(DryRun.REPORT));
    isSeen("I2", call(Hook.STARTED).under(DryRun.CALL));
    StepTaken told = call(Hook.STARTED).under(DryRun.REPORT);
    Action.RunScript run = run(told);
    isSeen(
        "I2",
        told.doing(
            new Action.RunScript(
                run.hook(), run.script(), run.attempt(), run.checkStatus(), run.endBy(), true)));
  }

  private static Action.RunScript run(StepTaken step) {
    return step.step().actions().stream()
        .filter(Action.RunScript.class::isInstance)
        .map(Action.RunScript.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("I3 a foreign cordon that is undone or claimed, one of ours that stays behind")
  void i3() {
    isSeen("I3", first(Action.Uncordon.class).episodeAfter(each -> each.put("cordonOurs", false)));
    StepTaken made =
        steps.stream()
            .filter(each -> each.observation().equals(new Observation.CordonDone(true)))
            .findFirst()
            .orElseThrow();
    isSeen("I3", made.observing(new Observation.CordonDone(false)));
    isSeen("I3", made.observing(new Observation.Tick()));
    Episode found = made.step().watch().episode().orElseThrow();
    isNotSeen("I3", made.observing(new Observation.RecordFound(found)));
    isSeen(
        "I3",
        made.observing(
            new Observation.RecordFound(
                StepTaken.edited(found, each -> each.put("cordonOurs", false)))));
    StepTaken quiet = quiet(MaintenanceState.DRAINED);
    isSeen("I3", quiet.droppingTheEpisode());
    isNotSeen("I3", quiet.droppingTheEpisode().observing(new Observation.NodeGone()));
    isNotSeen("I3", quiet.droppingTheEpisode().observing(new Observation.UncordonDone()));
    isNotSeen("I3", quiet.droppingTheEpisode().doing(new Action.Uncordon(false)));
    isNotSeen("I3", quiet.droppingTheEpisode().doing(new Action.SetAside(found)));
    isNotSeen("I3", quiet.episodeBefore(each -> each.put("uncordon", "DONE")).droppingTheEpisode());
  }

  @Test
  @DisplayName("I4 another machine's record, or work before it is known whose it is")
  void i4() {
    StepTaken quiet = quiet(MaintenanceState.DRAINED);
    isSeen("I4", quiet.after(Watches.machine(quiet.step().watch(), Optional.of(OTHER))));
    StepTaken runs = call(Hook.STARTED);
    isSeen("I4", runs.after(Watches.machine(runs.step().watch(), Optional.empty())));
    isSeen("I4", runs.observing(new Observation.DaemonStarted(OTHER)));
    isNotSeen("I4", runs.observing(new Observation.DaemonStarted(vm.machine)));
    StepTaken aside = runs.doing(new Action.SetAside(runs.before().episode().orElseThrow()));
    isNotSeen("I4", aside.observing(new Observation.DaemonStarted(OTHER)));
    isNotSeen(
        "I4",
        runs.doing(new Action.Notify(Reason.DRAIN_FAILED, ""))
            .after(Watches.machine(runs.step().watch(), Optional.empty())));
  }

  @Test
  @DisplayName("I5 a call or a request before its time, or planned within a second")
  void i5() {
    StepTaken failed =
        steps.stream()
            .filter(each -> each.observation() instanceof Observation.ScriptEnded)
            .filter(each -> again(each).isPresent())
            .findFirst()
            .orElseThrow();
    Instant again = again(failed).orElseThrow();
    isSeen("I5", failed.at(again.minusMillis(999)));
    isNotSeen("I5", failed.at(again.minusMillis(1_000)));
    StepTaken second =
        first(
            each ->
                each instanceof Action.RunScript run
                    && run.hook() == Hook.RUNNING
                    && run.attempt() == 2);
    isSeen("I5", second.at(again.minusMillis(1)));
    isNotSeen("I5", second.at(again));

    StepTaken unanswered =
        steps.stream()
            .filter(each -> each.observation() instanceof Observation.AcknowledgeAnswered)
            .findFirst()
            .orElseThrow();
    Instant next = nextTry(unanswered);
    isSeen("I5", unanswered.at(next.minusMillis(999)));
    isNotSeen("I5", unanswered.at(next.minusMillis(1_000)));
    StepTaken retry =
        first(each -> each instanceof Action.Acknowledge(String id, int attempt) && attempt == 2);
    isSeen("I5", retry.at(next.minusMillis(1)));
    isNotSeen("I5", retry.at(next));
  }

  private static Optional<Instant> again(StepTaken step) {
    return step.step().watch().episode().stream()
        .flatMap(each -> Optional.ofNullable(each.hooks().get(Hook.RUNNING)).stream())
        .flatMap(run -> run.scripts().stream())
        .flatMap(script -> script.again().stream())
        .findFirst();
  }

  private static Instant nextTry(StepTaken step) {
    TrackedEvent event = step.step().watch().episode().orElseThrow().events().getFirst();
    return event.acknowledgement().nextTry().orElseThrow();
  }

  @Test
  @DisplayName("I6 a grace, or time for a call, of less than a second")
  void i6() {
    StepTaken quiet = quiet(MaintenanceState.DRAINED);
    isSeen("I6", quiet.doing(end(Duration.ofMillis(999))));
    isNotSeen("I6", quiet.doing(end(Duration.ofSeconds(1))));
    StepTaken runs = call(Hook.STARTED);
    isSeen("I6", runs.at(run(runs).endBy().minusMillis(999)));
    isNotSeen("I6", runs.at(run(runs).endBy().minusMillis(1_000)));
  }

  private static Action end(Duration grace) {
    return new Action.EndScript(Hook.DRAIN, "10-a", grace, "why");
  }

  @Test
  @DisplayName("I7 work for what is gone, cancelled, held, another's, or not asked for")
  void i7() {
    StepTaken evicts = first(Action.StartEvictions.class);
    ScheduledEvent other = Events.reboot("A").naming("vm9").event();
    for (StepTaken works : List.of(evicts, call(Hook.DRAIN), call(Hook.CORDON))) {
      Instant now = works.now();
      isNotSeen("I7", works);
      isSeen("I7", works.readingLast(document(now)));
      isSeen("I7", works.readingLast(document(now, other)));
      isSeen("I7", works.readingLast(document(now, Events.reboot("B").event())));
      isSeen("I7", works.episodeAfter(CANCELLED));
      isSeen("I7", works.episodeAfter(each -> each.put("held", "FOREIGN_UNCORDON")));
      isSeen("I7", works.after(Watches.flags(works.step().watch(), true, true)));
      isSeen("I7", works.episodeAfter(each -> event(each).put("absentFrom", 2)));
      isSeen("I7", works.episodeAfter(ofTheRule("action", "OBSERVE")));
      isSeen("I7", works.droppingTheEpisode());
    }
    isSeen("I7", call(Hook.DRAIN).episodeAfter(ofTheRule("action", "CORDON")));
    isNotSeen("I7", call(Hook.CORDON).episodeAfter(ofTheRule("action", "CORDON")));
    isNotSeen("I7", call(Hook.RUNNING).readingLast(document(evicts.now())));
    Consumer<ObjectNode> byHand = ofTheEvent("source", "OPERATOR");
    isNotSeen("I7", evicts.episodeAfter(byHand).readingLast(document(evicts.now())));
    isSeen("I7", evicts.episodeAfter(byHand.andThen(each -> event(each).put("absentFrom", 1))));
    StepTaken underWay = quiet(MaintenanceState.DRAINED).doing();
    isSeen(
        "I7",
        underWay
            .episodeAfter(each -> each.put("evictions", "BEGUN"))
            .readingLast(document(underWay.now())));
    isNotSeen("I7", underWay.readingLast(document(underWay.now())));
  }
}
