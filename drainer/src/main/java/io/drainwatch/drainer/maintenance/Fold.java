package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A {@link Watch} while one observation is worked in; lives for one call of the core. */
final class Fold {
  final LifecycleSettings settings;
  final Instant now;
  private final Watch before;
  private final List<Action> actions = new ArrayList<>();
  private Optional<Machine> machine;
  private Optional<Draft> draft;
  private Peers peers;
  private boolean recorded;
  private boolean awaitingDocument;
  private Optional<Watch.EmptyRun> empties;
  private Optional<Document> newest;

  Fold(Watch before, LifecycleSettings settings, Instant now) {
    this.before = before;
    this.settings = settings;
    this.now = now;
    machine = before.machine();
    recorded = before.recorded();
    awaitingDocument = before.awaitingDocument();
    empties = before.empties();
    newest = before.newest();
    draft = before.episode().map(this::draftOf);
    peers = before.peers();
  }

  Transition transition() {
    Optional<Episode> episode = draft.map(Draft::episode);
    return new Transition(
        new Watch(
            machine,
            episode,
            peers,
            recorded && episode.equals(before.episode()),
            awaitingDocument,
            empties,
            newest),
        actions);
  }

  private Draft draftOf(Episode episode) {
    return new Draft(episode, settings, awaitingDocument, now, actions);
  }

  RemovalDraft draftOf(Removal removal) {
    return new RemovalDraft(removal, settings, now, actions);
  }

  Optional<Machine> machine() {
    return machine;
  }

  void machine(Machine known) {
    machine = Optional.of(known);
  }

  Optional<Draft> draft() {
    return draft;
  }

  void ifEpisode(Consumer<Draft> work) {
    draft.ifPresent(work);
  }

  void replace(Episode episode) {
    draft = Optional.of(draftOf(episode));
  }

  void drop() {
    draft = Optional.empty();
  }

  /** Whether the episode is on disk as it stands at this very moment. */
  boolean isRecorded() {
    return recorded && draft.map(Draft::episode).equals(before.episode());
  }

  void recorded(boolean onDisk) {
    recorded = onDisk;
  }

  void awaitDocument(boolean awaiting) {
    awaitingDocument = awaiting;
    draft = draft.map(Draft::episode).map(this::draftOf);
  }

  Peers peers() {
    return peers;
  }

  void peers(Peers changed) {
    peers = changed;
  }

  Optional<Watch.EmptyRun> empties() {
    return empties;
  }

  void empties(Optional<Watch.EmptyRun> run) {
    empties = run;
  }

  Optional<Document> newest() {
    return newest;
  }

  void newest(Document document) {
    newest = Optional.of(document);
  }

  void emit(Action action) {
    actions.add(action);
  }

  void say(Reason reason, String detail) {
    actions.add(new Action.Notify(reason, detail));
  }

  int actionCount() {
    return actions.size();
  }
}
