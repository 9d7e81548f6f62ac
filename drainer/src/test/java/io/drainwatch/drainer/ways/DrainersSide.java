package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.fleet.DrainersCore;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationText;
import io.drainwatch.drainer.nodework.NodeAction;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A drainer that leads, or takes itself for the leader: its core, fed by the watcher's note alone,
 * and the work on the Node. No budget, no other Nodes.
 *
 * @param terms as told to the work last
 * @param note as read last
 */
record DrainersSide(
    DrainersCore.Memory memory,
    Hands hands,
    NodeTerms terms,
    Optional<ObservationNote> note,
    Ears<NodeObservation> ears)
    implements Side {
  private static final LifecycleSettings SETTINGS = LifecycleSettings.defaults();

  static DrainersSide named(String holder, Instant now) {
    return new DrainersSide(
        DrainersCore.Memory.empty(now),
        Hands.of(holder),
        NodeTerms.NONE,
        Optional.empty(),
        Ears.open());
  }

  @Override
  public Side begins(Turn turn, Optional<Episode> journal, String bootId) {
    turn.ask(new Ask.NodeNews());
    return new DrainersSide(
        DrainersCore.Memory.empty(turn.now),
        hands.another(),
        NodeTerms.NONE,
        Optional.empty(),
        Ears.open());
  }

  @Override
  public Side hears(Turn turn, Reply reply) {
    // the watch of all Nodes feeds core and work, what was asked for the work alone
    if (reply instanceof Reply.Node(NodeReading.Found(NodeFacts node), boolean asked) && !asked) {
      Draft draft =
          new Draft(turn, new DrainersSide(memory, hands, terms, noted(node).or(() -> note), ears));
      draft.core.take(node);
      // where there is no maintenance there is no fold, so its first look is the one that begins it
      boolean handsLookFirst =
          memory.watch().episode().isEmpty()
              || !node.unschedulable()
                  && hands.state().node().filter(NodeFacts::unschedulable).isPresent();
      if (handsLookFirst) {
        draft.tellWork(reply.observed());
      }
      draft.settle();
      if (!handsLookFirst) {
        draft.tellWork(reply.observed());
      }
      return draft.side();
    }
    Draft draft = new Draft(turn, this);
    draft.work.observe(reply.observed());
    return draft.side();
  }

  private static Optional<ObservationNote> noted(NodeFacts node) {
    return Optional.ofNullable(node.annotations().get(NodeKeys.OBSERVATION))
        .flatMap(
            text ->
                ObservationJson.read(text) instanceof ObservationText.Read(ObservationNote read)
                    ? Optional.of(read)
                    : Optional.empty());
  }

  @Override
  public Side ticks(Turn turn) {
    Draft draft = new Draft(turn, this);
    draft.settle();
    draft.work.observe(new NodeObservation.Tick());
    return draft.side();
  }

  @Override
  public Side reads(Turn turn, Document document) {
    return this;
  }

  @Override
  public Optional<Instant> wakeAt(Instant now) {
    DrainersCore core = new DrainersCore(SETTINGS, () -> now, memory, word -> {});
    return Stream.of(core.wakeAt(now), hands.wakeAt(now), ears.wakeAt())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  @Override
  public boolean watchesPods() {
    return hands.watchesPods();
  }

  @Override
  public Optional<Episode> episode() {
    return memory.watch().episode();
  }

  @Override
  public Side deaf(Ears.Ear ear, Instant until) {
    return new DrainersSide(memory, hands, terms, note, ears.shut(ear, until));
  }

  // silence is not absence
  private boolean mayEvict() {
    boolean isSaidToBeOver =
        note.filter(each -> !each.missing().isEmpty() || !each.gone().isEmpty()).isPresent();
    boolean stands = note.filter(each -> !each.events().isEmpty()).isPresent();
    return stands || !isSaidToBeOver;
  }

  private static final class Draft {
    private final DrainersCore core;
    private final HandsDraft work;
    private final Optional<ObservationNote> note;
    private final Telling<Observation> toCore;
    private final Telling<NodeObservation> toWork;
    private NodeTerms terms;
    private boolean settling;

    Draft(Turn turn, DrainersSide side) {
      core =
          new DrainersCore(
              SETTINGS,
              () -> turn.now,
              side.memory,
              word -> {
                if (word.startsWith("!")) {
                  turn.broken.add(word);
                }
              });
      terms = side.terms;
      note = side.note;
      boolean hearsLate = !side.ears.isOpen(Ears.Ear.WORK);
      work =
          new HandsDraft(turn, side.hands, side.mayEvict() || hearsLate, hearsLate, this::report);
      toCore = new Telling<>(side.ears.ofCore(), turn.now, this::reported);
      toWork = new Telling<>(side.ears.ofWork(), turn.now, work::later);
      toCore.deliver();
      toWork.deliver();
      work.settle();
    }

    DrainersSide side() {
      return new DrainersSide(
          core.memory(), work.hands(), terms, note, new Ears<>(toCore.words(), toWork.words()));
    }

    private void report(NodeAction action) {
      if (action instanceof NodeAction.Report(var observation)) {
        toCore.say(observation);
      }
    }

    private void reported(Observation observation) {
      core.report(observation);
      settle();
    }

    void tellWork(NodeObservation observation) {
      toWork.say(observation);
      work.settle();
    }

    void settle() {
      if (settling) {
        return;
      }
      settling = true;
      List<Action> asked = core.advance();
      NodeTerms now = new NodeTerms(HeldBy.NOTHING, Optional.of(core.ackable()), false);
      if (!now.equals(terms)) {
        terms = now;
        toWork.say(new NodeObservation.TermsSet(now));
      }
      core.told(asked).forEach(toWork::say);
      settling = false;
      work.settle();
    }
  }
}
