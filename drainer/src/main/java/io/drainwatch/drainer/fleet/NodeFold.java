package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.Claim;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.coexistence.Conduct;
import io.drainwatch.drainer.coexistence.OtherTools;
import io.drainwatch.drainer.desk.Mailbox;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.LastMaintenance;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.ObservationReading;
import io.drainwatch.drainer.nodes.RecordReading;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeTerms;
import io.drainwatch.drainer.relay.Absences;
import io.drainwatch.drainer.relay.AckBook;
import io.drainwatch.drainer.relay.HookBook;
import io.drainwatch.drainer.relay.NoteRelay;
import io.drainwatch.drainer.relay.SharedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One Node's maintenance, folded: its core, what the watcher told, and the hands that work on it.
 *
 * <ol>
 *   <li>Something is observed: the Node, a report of the hands, time.
 *   <li>What follows from it in the core is folded until nothing follows any more: acknowledgements
 *       that the watcher sent, then what its note says of events, then results of hooks.
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
  private final Lifecycle lifecycle;
  private final FleetSettings settings;
  private final Mailbox mailbox;
  private final NodeHands hands;
  private final Telling telling;

  private Watch watch = Watch.idle();
  private Optional<NodeFacts> facts = Optional.empty();
  private ObservationReading reading;
  private OtherTools tools = OtherTools.NONE;

  /** A record that the hands will find: nothing of the note counts before it is resumed. */
  private boolean waitsForRecord;

  private Optional<Fed> fed = Optional.empty();
  private HookBook hooks = HookBook.EMPTY;
  private AckBook acks = AckBook.EMPTY;
  private boolean cordonAsked;
  private boolean cordonGiven;
  private HeldBy held = HeldBy.NOTHING;
  private Optional<Instant> successorUntil = Optional.empty();
  private final Deque<Observation> following = new ArrayDeque<>();
  private final Set<String> permitted = new LinkedHashSet<>();
  private final List<Action> asked = new ArrayList<>();
  private NodeTerms termsTold = NodeTerms.NONE;
  private Optional<Told> told = Optional.empty();
  private Optional<Instant> alarm = Optional.empty();
  private volatile boolean sharesEvents;
  private volatile boolean ended;

  /** What the core was told of a note last, and of which episode's events it spoke. */
  private record Fed(NoteRelay relay, Optional<String> episode) {}

  private record Told(Optional<Machine> machine, Optional<Episode> episode) {}

  NodeFold(String name, String uid, Term term, Instant now) {
    this.name = name;
    this.uid = uid;
    this.term = term;
    settings = term.settings();
    lifecycle = new Lifecycle(settings.lifecycle());
    mailbox = new Mailbox(name, term.desk());
    telling = new Telling(name, term.listener());
    reading = ObservationReading.none(now);
    hands =
        term.hands()
            .on(name, report -> post(() -> following.add(report)), note -> telling.noted(note));
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
            take(node);
            settle();
            hands.observe(new NodeObservation.NodeRead(new NodeReading.Found(node), false));
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
            watch
                .episode()
                .filter(episode -> !episode.summarized())
                .ifPresent(
                    episode ->
                        telling.summarized(
                            Summary.of(episode, Summary.Ending.GONE, now), EpisodeEnd.NODE_GONE));
            telling.stands(pool(), Optional.empty(), now);
            close();
          }
        });
  }

  /** Whether it matters here what the records of other Nodes say. */
  boolean sharesEvents() {
    return sharesEvents;
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

  private String pool() {
    return term.poolOf(name);
  }

  private void take(NodeFacts node) {
    facts = Optional.of(node);
    tools = OtherTools.on(node, settings.weWriteDrainSafe());
    telling.alsoActs(tools.active());
    NodeMachine anyVm = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    reading = reading.next(node, anyVm, term.now());
    Optional<Machine> machine = reading.note().map(NoteRelay::machine);
    if (machine.isEmpty() || machine.equals(watch.machine())) {
      return;
    }
    if (watch.machine().isEmpty()) {
      NodeMachine known = new NodeMachine(node.uid(), machine.get().vmId(), machine.get().bootId());
      waitsForRecord = RecordReading.of(node, known) instanceof RecordReading.Resume;
    }
    fold(new Observation.DaemonStarted(machine.get()));
  }

  private void settle() {
    do {
      foldWhatFollows();
      relayAcks();
      relayNote();
      relayHooks();
    } while (!following.isEmpty());
    Instant now = term.now();
    // before the others' records are asked: a change after that is told of
    sharesEvents = watch.episode().filter(SharedEvents::waitsForOthers).isPresent();
    giveCordonOrNot(now);
    if (!isOn()) {
      return; // the leadership was given away
    }
    tellHands();
    telling.stands(pool(), watch.episode(), now);
    if (watch.episode().isEmpty() && hands.state().isIdle() && term.retire(this)) {
      return;
    }
    wakeUp(now);
  }

  private void foldWhatFollows() {
    for (Observation next = following.poll(); next != null; next = following.poll()) {
      fold(next);
      if (next instanceof Observation.RecordFound) {
        waitsForRecord = false;
      }
    }
    fold(new Observation.Tick());
  }

  private void fold(Observation observation) {
    Watch before = watch;
    Transition step = lifecycle.next(before, observation, term.now());
    watch = step.watch();
    telling.violated(
        Invariants.brokenBy(before, observation, step, lifecycle.settings(), term.now()));
    step.actions().forEach(action -> carryOut(action, observation));
  }

  private void carryOut(Action action, Observation cause) {
    switch (action) {
      case Action.Enter(MaintenanceState state) ->
          watch.episode().ifPresent(episode -> telling.entered(state, episode, term.now()));
      case Action.ListHook(var hook) ->
          following.add(
              new Observation.HookListed(
                  hook,
                  watch
                      .episode()
                      .map(episode -> HookBook.listing(hook, reading.note(), episode))
                      .orElse(List.of())));
      case Action.RunScript run -> hooks = hooks.asked(run.hook(), run.attempt());
      case Action.EndScript end -> {
        hooks
            .attempt(end.hook())
            .ifPresent(
                attempt ->
                    following.add(
                        new Observation.ScriptEnded(
                            end.hook(), end.script(), attempt, new ScriptOutcome.Ended(true))));
        hooks = hooks.without(end.hook());
      }
      case Action.Cordon() -> cordonAsked = true;
      case Action.StartEvictions start -> asked.add(start);
      case Action.StopEvictions stop -> asked.add(stop);
      case Action.Uncordon uncordon -> {
        cordonAsked = false;
        asked.add(uncordon);
      }
      case Action.Acknowledge(String id, int attempt) -> permitted.add(id);
      case Action.Notify(Reason reason, String detail) -> {
        // that the watcher has not sent all at once is no trouble
        if (!(cause instanceof Observation.NotRecorded)) {
          telling.said(reason, detail);
        }
      }
      case Action.Summarize(var summary) ->
          telling.summarized(summary, EpisodeEnd.of(summary.ending()));
      // what it was cannot be acted on; the hands leave the record to the one that follows
      case Action.SetAside aside -> {}
      case Action.WouldRun would -> {}
      case Action.RefreshContext() -> {}
    }
  }

  // The core counts an acknowledgement as soon as it may have left; here it has left when the
  // watcher says so. Until then what is drained may still be cancelled, or not be drained (K04).
  private void relayAcks() {
    List<Ack> news = acks.news(reading.note(), watch.episode());
    if (news.isEmpty()) {
      return;
    }
    permitted.clear();
    fold(new Observation.Recorded());
    List<String> unsent = new ArrayList<>();
    for (String id : permitted) {
      Optional<Ack> sent =
          news.stream().filter(ack -> ack.id().equalsIgnoreCase(id)).reduce((a, b) -> b);
      if (sent.isPresent()) {
        acks = acks.with(sent.get());
        following.add(
            new Observation.AcknowledgeAnswered(id, AckBook.answer(sent.get()), Optional.empty()));
      } else {
        unsent.add(id);
      }
    }
    fold(new Observation.NotRecorded("the watcher has not sent it yet", unsent));
  }

  private void relayNote() {
    Optional<ObservationNote> note = reading.note();
    if (note.isEmpty() || waitsForRecord || watch.machine().isEmpty()) {
      return;
    }
    if (NoteRelay.endsDrainByHand(note.get(), watch.episode())) {
      fold(new Observation.OperatorResume());
    }
    if (fed.equals(Optional.of(feed(note.get()))) && !watch.awaitingDocument()) {
      return; // a sign of life
    }
    NoteRelay relay = feed(note.get()).relay();
    int documents = 0;
    do {
      watch = Absences.before(relay, watch);
      fold(
          new Observation.DocumentRead(
              new Document(OptionalLong.of(note.get().incarnation()), relay.events(), term.now())));
      documents++;
    } while (documents < 2 && Absences.isOneBehind(relay, watch));
    fed = Optional.of(feed(note.get()));
  }

  private Fed feed(ObservationNote note) {
    Optional<LastMaintenance> last =
        facts.flatMap(
            node ->
                LastMaintenance.on(node, new NodeMachine(node.uid(), note.vmId(), note.bootId())));
    return new Fed(NoteRelay.of(note, watch.episode(), last), watch.episode().map(Episode::id));
  }

  private void relayHooks() {
    watch
        .episode()
        .ifPresentOrElse(
            episode -> {
              for (HookBook.Result result : hooks.results(reading.note(), episode)) {
                hooks = hooks.counted(result, reading.note(), episode);
                following.add(
                    new Observation.ScriptEnded(
                        result.hook(),
                        HookBook.SCRIPT,
                        result.attempt(),
                        new ScriptOutcome.Exited(result.succeeded() ? 0 : 1)));
              }
            },
            () -> hooks = HookBook.EMPTY);
  }

  private void giveCordonOrNot(Instant now) {
    Optional<Episode> episode = watch.episode();
    cordonGiven &= episode.isPresent();
    cordonAsked &= episode.filter(each -> each.cordon() == Episode.Step.BEGUN).isPresent();
    HeldBy before = held;
    held = HeldBy.NOTHING;
    if (cordonAsked) {
      held = whyHeld(episode.orElseThrow(), now);
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
    return cordonGiven
        ? watch.episode().map(episode -> Turn.of(uid, pool(), episode, true))
        : term.claimOfRecord(name);
  }

  private void tellHands() {
    NodeTerms terms =
        new NodeTerms(
            cordonAsked ? held : HeldBy.NOTHING,
            Optional.of(ackable()),
            tools.askFor(Conduct.WATCH));
    if (!terms.equals(termsTold)) {
      termsTold = terms;
      hands.observe(new NodeObservation.TermsSet(terms));
    }
    Told now = new Told(watch.machine(), watch.episode());
    if (!asked.isEmpty() || !told.equals(Optional.of(now))) {
      told = Optional.of(now);
      hands.observe(new NodeObservation.Stepped(now.machine(), now.episode(), asked));
      asked.clear();
    }
  }

  private Set<String> ackable() {
    Optional<ObservationNote> note = reading.note();
    return watch
        .episode()
        .filter(episode -> note.isPresent())
        .map(
            episode ->
                SharedEvents.ackable(
                    episode, note.get(), lifecycle, settings.shared(), term::drainedOn))
        .orElse(Set.of());
  }

  private void wakeUp(Instant now) {
    Optional<Instant> core = Timetable.next(watch, lifecycle.settings(), now);
    Optional<Instant> turn =
        cordonAsked
            ? watch.episode().flatMap(each -> term.wakeAt(Turn.of(uid, pool(), each, false)))
            : Optional.empty();
    Optional<Instant> quiet =
        watch.episode().isEmpty() ? Optional.of(now.plus(LOOK_AGAIN)) : Optional.empty();
    Optional<Instant> successor = cordonAsked ? successorUntil : Optional.empty();
    Instant next =
        Stream.of(core, turn, quiet, successor)
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
