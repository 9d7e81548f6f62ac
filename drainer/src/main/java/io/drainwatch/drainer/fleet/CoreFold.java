package io.drainwatch.drainer.fleet;

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
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import io.drainwatch.drainer.nodes.ObservationReading;
import io.drainwatch.drainer.nodes.RecordReading;
import io.drainwatch.drainer.relay.Absences;
import io.drainwatch.drainer.relay.AckBook;
import io.drainwatch.drainer.relay.GraphRelay;
import io.drainwatch.drainer.relay.GraphWord;
import io.drainwatch.drainer.relay.HookBook;
import io.drainwatch.drainer.relay.LostWatcher;
import io.drainwatch.drainer.relay.NoteRelay;
import io.drainwatch.drainer.relay.SharedEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The core of one Node and what its watcher told. What is observed is folded until nothing follows
 * from it any more: acknowledgements that the watcher sent, then what its note says of events, then
 * results of hooks. What the core asks of the Node is collected for {@link NodeFold}.
 */
final class CoreFold {
  private final Lifecycle lifecycle;
  private final InstantSource clock;
  private final Telling telling;
  private Watch watch;
  private Optional<NodeFacts> facts;
  private ObservationReading reading;
  private Optional<GraphWord> word;

  /** A record that the hands will find: nothing of the note counts before it is resumed. */
  private boolean waitsForRecord;

  private Optional<Fed> fed;
  private HookBook hooks;
  private AckBook acks;
  private final Deque<Observation> following = new ArrayDeque<>();
  private final Set<String> permitted = new LinkedHashSet<>();
  private final List<Action> asked = new ArrayList<>();
  private Optional<Episode> foundAndOver = Optional.empty();

  /**
   * All that counts between two calls of {@link #advance}, as a value: with the same memory the
   * same is done.
   */
  record Memory(
      Watch watch,
      Optional<NodeFacts> facts,
      ObservationReading reading,
      Optional<GraphWord> word,
      boolean waitsForRecord,
      Optional<Fed> fed,
      HookBook hooks,
      AckBook acks) {
    static Memory empty(Instant now) {
      return new Memory(
          Watch.idle(),
          Optional.empty(),
          ObservationReading.none(now),
          Optional.empty(),
          false,
          Optional.empty(),
          HookBook.EMPTY,
          AckBook.EMPTY);
    }
  }

  CoreFold(Lifecycle lifecycle, InstantSource clock, Telling telling) {
    this(lifecycle, clock, telling, Memory.empty(clock.instant()));
  }

  /** Goes on where another fold stopped. */
  CoreFold(Lifecycle lifecycle, InstantSource clock, Telling telling, Memory memory) {
    this.lifecycle = lifecycle;
    this.clock = clock;
    this.telling = telling;
    watch = memory.watch();
    facts = memory.facts();
    reading = memory.reading();
    word = memory.word();
    waitsForRecord = memory.waitsForRecord();
    fed = memory.fed();
    hooks = memory.hooks();
    acks = memory.acks();
  }

  Memory memory() {
    return new Memory(watch, facts, reading, word, waitsForRecord, fed, hooks, acks);
  }

  Optional<Machine> machine() {
    return watch.machine();
  }

  Optional<Episode> episode() {
    return watch.episode();
  }

  /** To be folded by the next {@link #advance}. */
  void report(Observation observation) {
    following.add(observation);
  }

  /** The clock was set: before anything else is folded with the new time. */
  void clockStepped(Duration by) {
    reading = new ObservationReading(reading.note(), reading.raw(), reading.heardAt().plus(by));
    fold(new Observation.ClockStepped(by));
  }

  /** The Node as it stands, with what its watcher wrote there. */
  void take(NodeFacts node) {
    facts = Optional.of(node);
    reading = reading.next(node, anyVm(node), clock.instant());
    whoIsIt(node);
  }

  /** What is known of it from outside. */
  void told(GraphWord newest) {
    word = Optional.of(newest);
    facts.ifPresent(this::whoIsIt);
  }

  // a watcher that was never heard of has not told, and may yet
  private void whoIsIt(NodeFacts node) {
    Optional<Machine> machine =
        reading
            .note()
            .map(NoteRelay::machine)
            .or(
                () ->
                    word.filter(GraphWord::isTold)
                        .map(each -> GraphRelay.machine(each, node.bootId())))
            .map(this::withKnownId);
    if (machine.isEmpty() || machine.equals(watch.machine())) {
      return;
    }
    if (watch.machine().isEmpty()) {
      NodeMachine known = new NodeMachine(node.uid(), machine.get().vmId(), machine.get().bootId());
      waitsForRecord = RecordReading.of(node, known) instanceof RecordReading.Resume;
    }
    fold(new Observation.DaemonStarted(machine.get()));
  }

  // Not told this time: it is still the VM of this very Node, which a new boot id alone would hide.
  private Machine withKnownId(Machine told) {
    Optional<String> known =
        watch
            .machine()
            .filter(before -> before.vmName().equalsIgnoreCase(told.vmName()))
            .flatMap(Machine::vmId);
    return new Machine(
        told.vmName(), told.vmId().or(() -> known), told.bootId(), told.deletedWhenEvicted());
  }

  /** Folds until nothing follows; what is asked of the Node comes out, in order. */
  List<Action> advance() {
    foundAndOver = Optional.empty();
    do {
      foldWhatFollows();
      relayAcks();
      relayNote();
      relayHooks();
    } while (!following.isEmpty());
    List<Action> out = List.copyOf(asked);
    asked.clear();
    return out;
  }

  private void foldWhatFollows() {
    for (Observation next = following.poll(); next != null; next = following.poll()) {
      fold(next);
      if (next instanceof Observation.RecordFound) {
        waitsForRecord = false;
        foundAndOver = watch.episode();
      }
    }
    fold(new Observation.Tick());
  }

  /** Found on the Node, and over by the same {@link #advance}: untold, its record would stay. */
  Optional<Episode> foundAndOver() {
    return foundAndOver.filter(found -> watch.episode().isEmpty());
  }

  private void fold(Observation observation) {
    Watch before = watch;
    Instant now = clock.instant(); // judged by the time it was made at
    Transition step = lifecycle.next(before, observation, now);
    watch = step.watch();
    if (!before.episode().map(Episode::id).equals(watch.episode().map(Episode::id))) {
      // what the last one asked for is not to be done to the next: of a cordon the answer counts
      asked.removeIf(action -> !(action instanceof Action.Cordon));
    }
    telling.violated(Invariants.brokenBy(before, observation, step, lifecycle.settings(), now));
    step.actions().forEach(action -> carryOut(action, observation));
  }

  private void carryOut(Action action, Observation cause) {
    switch (action) {
      case Action.Enter(MaintenanceState state) ->
          watch.episode().ifPresent(episode -> telling.entered(state, episode, clock.instant()));
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
      case Action.Cordon cordon -> asked.add(cordon);
      case Action.StartEvictions start -> asked.add(start);
      case Action.StopEvictions stop -> asked.add(stop);
      case Action.Uncordon uncordon -> asked.add(uncordon);
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
    List<Ack> news = acks.news(reading.note(), AckBook.outside(facts), watch.episode());
    if (news.isEmpty()) {
      return;
    }
    permitted.clear();
    fold(new Observation.Recorded());
    permitted.addAll(
        AckBook.inFlight(news, watch.episode())); // sent from outside: the answer has come by now
    List<String> unsent = new ArrayList<>();
    for (String id : permitted) {
      Optional<Ack> sent =
          news.stream().filter(ack -> ack.id().equalsIgnoreCase(id)).reduce((a, b) -> b);
      if (sent.filter(AckBook::isNotTaken).isPresent()) {
        acks = acks.with(sent.get());
        unsent.add(id);
      } else if (sent.filter(AckBook::isUnderWay).isPresent()) {
        acks = acks.with(sent.get());
      } else if (sent.isPresent()) {
        acks = acks.with(sent.get());
        following.add(
            new Observation.AcknowledgeAnswered(id, AckBook.answer(sent.get()), Optional.empty()));
      } else {
        unsent.add(id);
      }
    }
    fold(new Observation.NotRecorded("the watcher has not sent it yet", unsent));
  }

  private static NodeMachine anyVm(NodeFacts node) {
    return new NodeMachine(node.uid(), Optional.empty(), node.bootId());
  }

  private void relayNote() {
    Optional<ObservationNote> note = reading.note();
    boolean isTold = note.isPresent() || ofTheGraph().filter(GraphWord::isToBeGoneBy).isPresent();
    if (!isTold || waitsForRecord || watch.machine().isEmpty()) {
      return;
    }
    if (note.filter(each -> NoteRelay.endsDrainByHand(each, watch.episode())).isPresent()) {
      fold(new Observation.OperatorResume());
    }
    if (fed.equals(Optional.of(feed())) && !watch.awaitingDocument()) {
      return; // a sign of life
    }
    NoteRelay relay = feed().relay();
    OptionalLong incarnation =
        note.map(each -> OptionalLong.of(each.incarnation())).orElse(OptionalLong.empty());
    int documents = 0;
    do {
      watch = Absences.before(relay, watch);
      fold(
          new Observation.DocumentRead(new Document(incarnation, relay.events(), clock.instant())));
      documents++;
    } while (documents < 2 && Absences.isOneBehind(relay, watch));
    fed = Optional.of(feed());
  }

  private Optional<GraphWord> ofTheGraph() {
    return Fed.ofTheGraph(word, reading);
  }

  private Fed feed() {
    return Fed.of(facts, reading, word, watch.episode());
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

  /** Ids of events that the watcher may acknowledge now. */
  Set<String> ackable(SharedAcknowledgement shared, SharedEvents.Records records) {
    Optional<ObservationNote> note = reading.note();
    return watch
        .episode()
        .filter(episode -> note.isPresent())
        .map(episode -> SharedEvents.ackable(episode, note.get(), lifecycle, shared, records))
        .orElse(Set.of());
  }

  /** Whether something is to be acknowledged in place of the watcher. */
  LostWatcher lostWatcher(String holder, boolean seenEmpty, SharedEvents.Records records) {
    return facts
        .map(
            node ->
                LostWatcher.of(
                    new LostWatcher.Sight(
                        node,
                        watch.episode(),
                        reading,
                        holder,
                        seenEmpty,
                        lifecycle::whyNotAcknowledged,
                        records),
                    clock.instant()))
        .orElse(new LostWatcher.Refused(LostWatcher.Why.NO_RECORD));
  }

  Optional<Instant> wakeAt(Instant now) {
    return Timetable.next(watch, lifecycle.settings(), now);
  }
}
