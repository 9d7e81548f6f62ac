package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The watcher's side of a Node that the drainer works on: {@code next(state, observation, now) ->
 * (state, actions)}, a pure function over immutable values.
 *
 * <ol>
 *   <li>What was observed is taken in.
 *   <li>{@link DrainersWord} tells the core what the record on the Node answers to its orders;
 *       {@link AckGate} lets acknowledgements out that the record allows.
 *   <li>{@link NoteWriting} writes what the drainer is to know, if it is news.
 *   <li>{@link Attendance} looks whether anybody answers.
 * </ol>
 *
 * In dry-run the drainer is told nothing, so nothing is done.
 */
public final class DistantWork {
  /** So long the drainer has to answer. */
  public static final Duration UNATTENDED_AFTER = Duration.ofSeconds(10);

  private final Policy policy;
  private final boolean writes;

  /**
   * @param policy of the core: a record that is found on the Node says which events, not which
   *     rules
   * @param writes false in dry-run
   */
  public DistantWork(Policy policy, boolean writes) {
    this.policy = policy;
    this.writes = writes;
  }

  /** False in dry-run. */
  public boolean writes() {
    return writes;
  }

  public DistantStep next(DistantState state, DistantObservation observation, Instant now) {
    DistantDraft draft = new DistantDraft(state, now);
    switch (observation) {
      case DistantObservation.Stepped stepped -> {
        NoteWriting.stepped(draft, stepped);
        draft.watch = Optional.of(stepped.watch());
        draft.said.clear();
      }
      case DistantObservation.ReadAgain again -> {
        NoteWriting.readAgain(draft, again);
        draft.watch = Optional.of(again.watch());
      }
      case DistantObservation.NodeSeen(var reading) -> {
        DrainersWord.seen(draft, reading);
        NoteWriting.seen(draft, reading);
      }
      case DistantObservation.NodeRead(var reading) -> NoteWriting.read(draft, reading);
      case DistantObservation.Written(var answer) -> NoteWriting.answered(draft, answer);
      case DistantObservation.AcknowledgeAsked(String id, boolean journaled) ->
          AckGate.asked(draft, id, journaled);
      case DistantObservation.Acknowledged(String id, int status) ->
          NoteWriting.acknowledged(draft, id, status);
      case DistantObservation.ClockStepped(Duration by) -> {
        draft.goneSince = draft.goneSince.map(at -> at.plus(by));
        Attendance.clockStepped(draft, by);
        NoteWriting.clockStepped(draft, by);
      }
      case DistantObservation.Tick(var health) -> draft.health = health;
    }
    if (writes) {
      DrainersWord.advance(draft, policy);
      AckGate.advance(draft);
      NoteWriting.advance(draft);
      Attendance.advance(draft);
    }
    return draft.step();
  }

  /** When to come back at the latest, though nothing is observed; after {@code now}. */
  public Optional<Instant> wakeAt(DistantState state, Instant now) {
    return writes
        ? Stream.of(NoteWriting.wakeAt(state), Attendance.wakeAt(state), DrainersWord.wakeAt(state))
            .flatMap(Optional::stream)
            .filter(now::isBefore)
            .min(Instant::compareTo)
        : Optional.empty();
  }
}
