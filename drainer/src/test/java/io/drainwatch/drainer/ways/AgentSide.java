package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Observation.AcknowledgeAnswered.Answer;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodework.NodeAction;
import io.drainwatch.drainer.nodework.NodeObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The process of form {@code agent}: the core and the work on its own Node. The journal is written
 * with each step of the core.
 *
 * @param stands whether the last document had an event that is to be drained for; empty: none was
 *     read yet
 */
record AgentSide(Watch watch, Hands hands, Optional<Boolean> stands, Ears<NodeObservation> ears)
    implements Side {
  static final Lifecycle LIFECYCLE = new Lifecycle(LifecycleSettings.defaults().withRecordOnNode());

  static AgentSide named(String holder) {
    return new AgentSide(Watch.idle(), Hands.of(holder), Optional.empty(), Ears.open());
  }

  @Override
  public Side begins(Turn turn, Optional<Episode> journal, String bootId) {
    Draft draft =
        new Draft(
            turn,
            new AgentSide(
                Watch.resumedFrom(journal), hands.another(), Optional.empty(), Ears.open()));
    turn.ask(new Ask.NodeNews());
    draft.core(
        new Observation.DaemonStarted(
            new Machine(SmallWorld.VM, Optional.of("id-1"), bootId, false)));
    return draft.side();
  }

  @Override
  public Side hears(Turn turn, Reply reply) {
    Draft draft = new Draft(turn, this);
    draft.work.observe(reply.observed());
    return draft.side();
  }

  @Override
  public Side reads(Turn turn, Document document) {
    boolean isToDrain =
        document.events().stream().anyMatch(event -> event.status() == EventStatus.SCHEDULED);
    Draft draft = new Draft(turn, new AgentSide(watch, hands, Optional.of(isToDrain), ears));
    draft.core(new Observation.DocumentRead(document));
    return draft.side();
  }

  @Override
  public Side ticks(Turn turn) {
    Draft draft = new Draft(turn, this);
    draft.core(new Observation.Tick());
    draft.work.observe(new NodeObservation.Tick());
    return draft.side();
  }

  @Override
  public Optional<Instant> wakeAt(Instant now) {
    return Stream.of(
            Timetable.next(watch, LIFECYCLE.settings(), now), hands.wakeAt(now), ears.wakeAt())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  @Override
  public boolean watchesPods() {
    return hands.watchesPods();
  }

  @Override
  public Optional<Episode> episode() {
    return watch.episode();
  }

  @Override
  public Side deaf(Ears.Ear ear, Instant until) {
    return new AgentSide(watch, hands, stands, ears.shut(ear, until));
  }

  private static final class Draft {
    private final Turn turn;
    private final HandsDraft work;
    private final Optional<Boolean> stands;
    private final Telling<Observation> toCore;
    private final Telling<NodeObservation> toWork;
    private Watch watch;

    Draft(Turn turn, AgentSide side) {
      this.turn = turn;
      watch = side.watch;
      stands = side.stands;
      boolean mayEvict = stands.orElse(true) || !side.ears.isOpen(Ears.Ear.WORK);
      work = new HandsDraft(turn, side.hands, mayEvict, false, this::other);
      toCore = new Telling<>(side.ears.ofCore(), turn.now, this::core);
      toWork = new Telling<>(side.ears.ofWork(), turn.now, work::later);
      toCore.deliver();
      toWork.deliver();
      work.settle();
    }

    AgentSide side() {
      return new AgentSide(watch, work.hands(), stands, new Ears<>(toCore.words(), toWork.words()));
    }

    private void other(NodeAction action) {
      if (action instanceof NodeAction.Report(Observation observation)) {
        toCore.say(observation);
      } else if (action instanceof NodeAction.Acknowledge(String id)) {
        turn.posts(id);
        toCore.say(new Observation.AcknowledgeAnswered(id, Answer.ACCEPTED, Optional.empty()));
      }
    }

    void core(Observation observation) {
      Watch before = watch;
      Transition step = LIFECYCLE.next(watch, observation, turn.now);
      watch = step.watch();
      Invariants.brokenBy(before, observation, step, LIFECYCLE.settings())
          .forEach(each -> turn.broken.add(each.toString()));
      List<Action> ofNode = new ArrayList<>();
      List<Observation> answers = new ArrayList<>();
      List<NodeObservation> asked = new ArrayList<>();
      for (Action action : step.actions()) {
        switch (action) {
          case Action.ListHook(var hook) ->
              answers.add(new Observation.HookListed(hook, List.of()));
          case Action.Acknowledge(String id, int attempt) ->
              asked.add(new NodeObservation.AcknowledgeAsked(id, true));
          case Action.Cordon cordon -> ofNode.add(cordon);
          case Action.StartEvictions start -> ofNode.add(start);
          case Action.StopEvictions stop -> ofNode.add(stop);
          case Action.Uncordon uncordon -> ofNode.add(uncordon);
          default -> {}
        }
      }
      asked.forEach(toWork::say);
      toWork.say(new NodeObservation.Stepped(watch.machine(), watch.episode(), ofNode));
      if (!watch.recorded()) {
        core(new Observation.Recorded());
      }
      answers.forEach(this::core);
      work.settle();
    }
  }
}
