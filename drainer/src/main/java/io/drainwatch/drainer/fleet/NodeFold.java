package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.Claim;
import io.drainwatch.drainer.budget.Pools;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.coexistence.Conduct;
import io.drainwatch.drainer.coexistence.OtherTools;
import io.drainwatch.drainer.desk.Mailbox;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeState;
import io.drainwatch.drainer.nodework.NodeTerms;
import io.drainwatch.drainer.relay.GraphWord;
import io.drainwatch.drainer.relay.LostWatcher;
import io.drainwatch.drainer.relay.SharedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One Node's maintenance, folded: its core, what the watcher told, and the hands that work on it.
 *
 * <ol>
 *   <li>Something is observed: the Node, a report of the hands, time.
 *   <li>What follows from it is folded ({@link CoreFold}).
 *   <li>The cordon that the core asked for is given when the budget and other tools let it.
 *   <li>The hands are told.
 * </ol>
 *
 * All of it in letters of one {@link Mailbox}, so never two at once.
 */
final class NodeFold {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(60);
  private static final Duration FOR_A_SUCCESSOR = Duration.ofSeconds(30);

  private final String name;
  private final String uid;
  private final Term term;
  private final FleetSettings settings;
  private final Mailbox mailbox;
  private final NodeHands hands;
  private final Telling telling;

  private final CoreFold core;
  private final Substitution substitution;
  private String pool = Pools.NO_POOL;
  private OtherTools tools = OtherTools.NONE;

  /** The core asked for it, and it was not given to the hands yet. */
  private boolean cordonAsked;

  private boolean cordonGiven;
  private HeldBy held = HeldBy.NOTHING;
  private Optional<Instant> successorUntil = Optional.empty();
  private final List<Action> asked = new ArrayList<>();
  private NodeTerms termsTold = NodeTerms.NONE;
  private Optional<Told> told = Optional.empty();
  private Optional<Instant> alarm = Optional.empty();
  private Optional<Instant> substituteAt = Optional.empty();
  private volatile boolean sharesEvents;
  private volatile boolean ended;

  private record Told(Optional<Machine> machine, Optional<Episode> episode) {}

  NodeFold(String name, String uid, Term term) {
    this.name = name;
    this.uid = uid;
    this.term = term;
    settings = term.settings();
    mailbox = new Mailbox(name, term.desk());
    telling = new Telling(name, term.listener());
    core = new CoreFold(new Lifecycle(settings.lifecycle()), term::now, telling);
    hands =
        term.hands()
            .on(name, report -> post(() -> core.report(report)), note -> telling.noted(note));
    substitution = new Substitution(term.beside(), this::mayLeave, this::isOn, this::post);
  }

  String name() {
    return name;
  }

  String uid() {
    return uid;
  }

  /** The Node as it stands; in the order in which it was seen. */
  void seen(NodeFacts node) {
    mailbox.post(
        () -> {
          if (isOn()) {
            boolean isFirst = told.isEmpty();
            NodeObservation look = new NodeObservation.NodeRead(new NodeReading.Found(node), false);
            take(node);
            boolean handsLookFirst = isFirst || isUncordonedBy(node);
            if (handsLookFirst) {
              hands.observe(look);
            }
            settle();
            if (!handsLookFirst) {
              hands.observe(look);
            }
          }
        });
  }

  // What the note asks for is ordered before the hands look at the Node: an event that is missing
  // stops them. But where the same look shows that somebody uncordoned, nothing more is evicted;
  // and hands that have never seen the Node would ask for it before they do what they are told.
  private boolean isUncordonedBy(NodeFacts node) {
    return !node.unschedulable()
        && hands.state().node().filter(NodeFacts::unschedulable).isPresent();
  }

  /** The clock was set; alarms that were set by it are set anew. */
  void clockStepped(Duration by) {
    post(
        () -> {
          core.clockStepped(by);
          successorUntil = successorUntil.map(at -> at.equals(Instant.MIN) ? at : at.plus(by));
          alarm = Optional.empty();
          substitution.clockStepped(by);
          hands.observe(new NodeObservation.ClockStepped(by));
        });
  }

  /** From outside; it counts from the first look at the Node on. */
  void told(GraphWord word) {
    mailbox.post(
        () -> {
          if (isOn()) {
            core.told(word);
            if (told.isPresent()) {
              settle();
            }
          }
        });
  }

  /** Something elsewhere changed that may matter here. */
  void review() {
    post(() -> {});
  }

  /** The Node is no more: the episode ends here. */
  void gone() {
    mailbox.post(
        () -> {
          if (isOn()) {
            Instant now = term.now();
            core.episode()
                .filter(episode -> !episode.summarized())
                .ifPresent(
                    episode ->
                        telling.summarized(
                            Summary.of(episode, Summary.Ending.NODE_GONE, now),
                            EpisodeEnd.NODE_GONE));
            if (held != HeldBy.NOTHING) {
              telling.held(pool(), HeldBy.NOTHING);
            }
            telling.nodeIsGone(now);
            telling.stands(pool(), Optional.empty(), now);
            close();
          }
        });
  }

  /** Whether it matters here what the records of other Nodes say. */
  boolean sharesEvents() {
    return sharesEvents;
  }

  /** Whether this process vouches for what the record calls drained. Any thread may ask. */
  boolean hasSeenItEmpty() {
    return hands.state().isSeenEmpty();
  }

  /** Whether it does at this very moment. Any thread may ask. */
  boolean seesItEmpty() {
    return hands.seeItEmpty();
  }

  private boolean mayLeave(LostWatcher.Send send) {
    return isOn()
        && term.beside().mayLead().getAsBoolean()
        && seesItEmpty()
        && SharedEvents.othersAreDrained(
            send.eventId(),
            send.named(),
            false,
            send.vmName(),
            SharedAcknowledgement.NEVER,
            term::emptyAndDrainedOn);
  }

  /** Any thread may ask. */
  NodeState work() {
    return hands.state();
  }

  /** Any thread may ask. */
  NodeFigures figures(Instant now) {
    return hands.state().figures(now);
  }

  boolean hasNoLetters() {
    return mailbox.isEmpty();
  }

  /** Any thread may call. */
  void close() {
    ended = true;
    mailbox.close();
    hands.close();
  }

  private void post(Runnable what) {
    mailbox.post(
        () -> {
          if (isOn()) {
            what.run();
            settle();
          }
        });
  }

  private boolean isOn() {
    return !ended && term.isOn();
  }

  // a Node that is gone was of the pool that it was of
  private String pool() {
    pool = term.poolOf(name).orElse(pool);
    return pool;
  }

  private void take(NodeFacts node) {
    tools = OtherTools.on(node, settings.weWriteDrainSafe());
    telling.alsoActs(tools.active());
    core.take(node);
  }

  private void settle() {
    for (Action action : core.advance()) {
      switch (action) {
        case Action.Cordon() -> cordonAsked = true;
        case Action.Uncordon uncordon -> {
          cordonAsked = false;
          asked.add(uncordon);
        }
        default -> asked.add(action);
      }
    }
    Instant now = term.now();
    // before the others' records are asked: a change after that is told of
    sharesEvents = core.episode().filter(SharedEvents::waitsForOthers).isPresent();
    giveCordonOrNot(now);
    if (!isOn()) {
      return; // the leadership was given away
    }
    tellHands();
    telling.stands(pool(), core.episode(), now);
    telling.settled(now);
    substituteAt =
        substitution.advance(
            () -> core.lostWatcher(substitution.holder(), seesItEmpty(), term::emptyAndDrainedOn),
            now);
    if (core.episode().isEmpty() && hands.state().isIdle() && term.retire(this)) {
      return;
    }
    wakeUp(now);
  }

  private void giveCordonOrNot(Instant now) {
    Optional<Episode> episode = core.episode();
    cordonGiven &= episode.isPresent();
    cordonAsked &= episode.filter(each -> each.cordon() == Episode.Step.BEGUN).isPresent();
    HeldBy before = held;
    held = HeldBy.NOTHING;
    if (cordonAsked) {
      boolean isTooLate =
          episode.orElseThrow().cancelled()
              || !episode.orElseThrow().state().isBefore(MaintenanceState.RUNNING);
      // the hands answer what is too late without touching anything
      held = isTooLate ? HeldBy.NOTHING : whyHeld(episode.orElseThrow(), now);
      if (held == HeldBy.NOTHING && mayActOnOwnNode(now)) {
        cordonAsked = false;
        cordonGiven = true;
        asked.add(new Action.Cordon());
      }
    }
    if (isOn() && !(cordonAsked && held == HeldBy.BUDGET)) {
      term.claim(this, claimUnderWay());
    }
    if (held != before) {
      telling.held(pool(), held);
    }
  }

  private HeldBy whyHeld(Episode episode, Instant now) {
    Claim claim = Turn.of(uid, pool(), episode, false);
    boolean isPlanned = claim.urgency() == Claim.Urgency.PLANNED;
    boolean hasTime = claim.startsAnyway().map(now::isBefore).orElse(true);
    if (isPlanned && hasTime && tools.askFor(Conduct.WAIT)) {
      return HeldBy.WINDOW;
    }
    return term.mayBegin(this, claim) ? HeldBy.NOTHING : HeldBy.BUDGET;
  }

  // First somebody else is to lead; where nobody else can, our own pod goes last.
  private boolean mayActOnOwnNode(Instant now) {
    if (!settings.ownNode().equals(Optional.of(name))) {
      return true;
    }
    if (successorUntil.isEmpty()) {
      successorUntil =
          Optional.of(term.handOver().resign() ? now.plus(FOR_A_SUCCESSOR) : Instant.MIN);
    }
    return isOn() && !now.isBefore(successorUntil.get());
  }

  private Optional<Claim> claimUnderWay() {
    boolean isInService = core.episode().filter(each -> each.held().isPresent()).isPresent();
    boolean isWaitedFor = !hands.state().isMachineOff();
    return cordonGiven && !isInService && isWaitedFor
        ? core.episode().map(episode -> Turn.of(uid, pool(), episode, true))
        : term.claimOfRecord(name);
  }

  private void tellHands() {
    NodeTerms terms =
        new NodeTerms(
            cordonAsked ? held : HeldBy.NOTHING,
            Optional.of(core.ackable(settings.shared(), term::drainedOn)),
            tools.askFor(Conduct.WATCH));
    if (!terms.equals(termsTold)) {
      termsTold = terms;
      hands.observe(new NodeObservation.TermsSet(terms));
    }
    Optional<Episode> over = core.foundAndOver();
    if (over.isPresent()) {
      told = Optional.of(new Told(core.machine(), over));
      hands.observe(new NodeObservation.Stepped(core.machine(), over, List.of()));
    }
    Told now = new Told(core.machine(), core.episode());
    if (!asked.isEmpty() || !told.equals(Optional.of(now))) {
      told = Optional.of(now);
      hands.observe(new NodeObservation.Stepped(now.machine(), now.episode(), asked));
      asked.clear();
    }
  }

  private void wakeUp(Instant now) {
    Optional<Instant> ofCore = core.wakeAt(now);
    Optional<Instant> turn =
        cordonAsked
            ? core.episode().flatMap(each -> term.wakeAt(Turn.of(uid, pool(), each, false)))
            : Optional.empty();
    // that another Node was seen empty by this process stands nowhere
    boolean waitsForOthers =
        sharesEvents
            && core.episode().filter(each -> each.state() == MaintenanceState.DRAINED).isPresent();
    Optional<Instant> quiet =
        core.episode().isEmpty() || waitsForOthers
            ? Optional.of(now.plus(LOOK_AGAIN))
            : Optional.empty();
    Optional<Instant> successor = cordonAsked ? successorUntil : Optional.empty();
    Instant next =
        Stream.of(ofCore, turn, quiet, successor, substituteAt)
            .flatMap(Optional::stream)
            .filter(now::isBefore)
            .reduce(now.plus(LONGEST_IDLE), (a, b) -> b.isBefore(a) ? b : a);
    boolean isSetEarlier = alarm.filter(at -> at.isAfter(now) && !at.isAfter(next)).isPresent();
    if (!isSetEarlier) {
      alarm = Optional.of(next);
      term.desk()
          .at(
              next,
              () ->
                  post(
                      () -> {
                        alarm = alarm.filter(at -> !at.equals(next));
                      }));
    }
  }
}
