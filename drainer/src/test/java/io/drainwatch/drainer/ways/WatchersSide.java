package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.distant.DistantAction;
import io.drainwatch.drainer.distant.DistantObservation;
import io.drainwatch.drainer.distant.DistantState;
import io.drainwatch.drainer.distant.DistantStep;
import io.drainwatch.drainer.distant.DistantWork;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Observation.AcknowledgeAnswered.Answer;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.WatchNews;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The watcher of form {@code controller}: its core, and its side of the Node. */
record WatchersSide(Watch watch, DistantState state, Ears<DistantObservation> ears)
    implements Side {
  private static final Lifecycle LIFECYCLE =
      new Lifecycle(LifecycleSettings.defaults().withOthersJudgedElsewhere().withRecordOnNode());
  private static final DistantWork WORK = new DistantWork(Policy.defaults(), true);

  static WatchersSide anew() {
    return new WatchersSide(Watch.idle(), DistantState.of(SmallServer.NODE), Ears.open());
  }

  @Override
  public Side begins(Turn turn, Optional<Episode> journal, String bootId) {
    Draft draft =
        new Draft(
            turn,
            new WatchersSide(
                Watch.resumedFrom(journal), DistantState.of(SmallServer.NODE), Ears.open()));
    turn.ask(new Ask.NodeNews());
    draft.core(
        new Observation.DaemonStarted(
            new Machine(SmallWorld.VM, Optional.of("id-1"), bootId, false)));
    return draft.side();
  }

  @Override
  public Side hears(Turn turn, Reply reply) {
    Draft draft = new Draft(turn, this);
    switch (reply) {
      case Reply.Node(var reading, boolean asked) ->
          draft.observe(
              asked
                  ? new DistantObservation.NodeRead(reading)
                  : new DistantObservation.NodeSeen(reading));
      case Reply.Written(var answer) -> draft.observe(new DistantObservation.Written(answer));
      case Reply.Listed ignored -> throw new AssertionError("not asked for: " + reply);
      case Reply.Attached ignored -> throw new AssertionError("not asked for: " + reply);
      case Reply.Tried ignored -> throw new AssertionError("not asked for: " + reply);
      case Reply.Answered ignored -> throw new AssertionError("not asked for: " + reply);
      case Reply.Pods ignored -> throw new AssertionError("not asked for: " + reply);
    }
    return draft.side();
  }

  @Override
  public Side reads(Turn turn, Document document) {
    Draft draft = new Draft(turn, this);
    draft.core(new Observation.DocumentRead(document));
    return draft.side();
  }

  @Override
  public Side ticks(Turn turn) {
    Draft draft = new Draft(turn, this);
    draft.core(new Observation.Tick());
    draft.observe(new DistantObservation.Tick(Health.OK));
    return draft.side();
  }

  @Override
  public Optional<Instant> wakeAt(Instant now) {
    return Stream.of(
            Timetable.next(watch, LIFECYCLE.settings(), now),
            WORK.wakeAt(state, now),
            ears.wakeAt())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  @Override
  public boolean watchesPods() {
    return false;
  }

  @Override
  public Optional<Episode> episode() {
    return watch.episode();
  }

  @Override
  public Side deaf(Ears.Ear ear, Instant until) {
    return new WatchersSide(watch, state, ears.shut(ear, until));
  }

  private static final class Draft {
    private static final int MOST_AT_ONCE = 200;

    private final Turn turn;
    private final Deque<DistantObservation> inbox = new ArrayDeque<>();
    private final Telling<Observation> toCore;
    private final Telling<DistantObservation> toWork;
    private Watch watch;
    private DistantState state;
    private boolean busy;

    Draft(Turn turn, WatchersSide side) {
      this.turn = turn;
      watch = side.watch;
      state = side.state;
      toCore = new Telling<>(side.ears.ofCore(), turn.now, this::core);
      toWork = new Telling<>(side.ears.ofWork(), turn.now, inbox::add);
      toCore.deliver();
      toWork.deliver();
      settle();
    }

    WatchersSide side() {
      return new WatchersSide(watch, state, new Ears<>(toCore.words(), toWork.words()));
    }

    void observe(DistantObservation observation) {
      inbox.add(observation);
      settle();
    }

    private void settle() {
      if (busy) {
        return;
      }
      busy = true;
      int taken = 0;
      while (!inbox.isEmpty()) {
        if (++taken > MOST_AT_ONCE) {
          turn.broken.add("a loop that needs no time: " + inbox.peek());
          inbox.clear();
        } else {
          DistantStep step = WORK.next(state, inbox.removeFirst(), turn.now);
          state = step.state();
          step.actions().forEach(this::carryOut);
        }
      }
      busy = false;
    }

    private void carryOut(DistantAction action) {
      switch (action) {
        case DistantAction.Report(var observation) -> toCore.say(observation);
        case DistantAction.Acknowledge(String id) -> {
          turn.posts(id);
          inbox.add(new DistantObservation.Acknowledged(id, 200));
          toCore.say(new Observation.AcknowledgeAnswered(id, Answer.ACCEPTED, Optional.empty()));
        }
        case DistantAction.ReadNode() -> turn.ask(new Ask.ReadNode());
        case DistantAction.Patch(var patch) -> turn.ask(new Ask.Patch(patch));
        case DistantAction.Tell(var news) -> {}
        case DistantAction.Trouble(String text) -> {}
      }
    }

    void core(Observation observation) {
      Watch before = watch;
      Transition step = LIFECYCLE.next(watch, observation, turn.now);
      watch = step.watch();
      Invariants.brokenBy(before, observation, step, LIFECYCLE.settings())
          .forEach(each -> turn.broken.add(each.toString()));
      List<Observation> answers = new ArrayList<>();
      for (Action action : step.actions()) {
        switch (action) {
          case Action.ListHook(var hook) ->
              answers.add(new Observation.HookListed(hook, List.of()));
          case Action.Acknowledge(String id, int attempt) ->
              toWork.say(new DistantObservation.AcknowledgeAsked(id));
          default -> {}
        }
      }
      // as the daemon has it
      boolean asksOfTheNode = step.actions().stream().anyMatch(Draft::isForTheNode);
      WatchNews news = WatchNews.of(before, watch);
      if (asksOfTheNode || news == WatchNews.CHANGED) {
        toWork.say(new DistantObservation.Stepped(watch, Health.OK, Set.of()));
      } else if (news == WatchNews.READ_AGAIN && state.goesByEachDocument()) {
        toWork.say(new DistantObservation.ReadAgain(watch, Health.OK));
      }
      if (!watch.recorded()) {
        core(new Observation.Recorded());
      }
      answers.forEach(this::core);
      settle();
    }

    private static boolean isForTheNode(Action action) {
      return action instanceof Action.Cordon
          || action instanceof Action.StartEvictions
          || action instanceof Action.StopEvictions
          || action instanceof Action.Uncordon;
    }
  }
}
