package io.drainwatch.drainer.maintenance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the hook peer-removed for VMs that are gone, peer-added for those that are new: one event
 * after another, in the order they were gone, each once. Independent of the episode, which neither
 * waits for it nor is waited for.
 *
 * <p>The hook is a hook like any other to {@link HookSequence}: listed, called, recalled, ended
 * after its time-out; what fails is said and the next script runs.
 */
final class Removals {
  /** No observation moves a removal further than this; more would be a bug that must not hang. */
  private static final int MOST_MOVES = 10_000;

  /**
   * Of one event: the record must hold them beside an episode, and the journal's line has an end.
   */
  static final int MOST_SCRIPTS = 500;

  private Removals() {}

  /** After a start what is under way goes on, unless another machine wrote of it (I4). */
  static void started(Fold fold, Machine machine) {
    boolean isToldAgain = fold.machine().isPresent();
    Optional<Machine> recorded = fold.peers().machine();
    if (recorded.isEmpty()) {
      return;
    }
    if (!recorded.get().isSameAs(machine)) {
      fold.say(
          Reason.FOREIGN_RECORD,
          "what it says of other VMs was seen by "
              + recorded.get().vmName()
              + ", this is "
              + machine.vmName());
      fold.peers(Peers.NONE);
      return;
    }
    fold.peers(fold.peers().seenBy(Restart.withKnownId(machine, recorded.get())));
    if (!isToldAgain) {
      withRemoval(
          fold,
          draft -> {
            draft.changeAll(Restart::resumed);
            if (!draft.removal().hook().listed()) {
              draft.emit(new Action.ListHook(draft.removal().hook().hook()));
            }
          });
    }
  }

  static void listed(Fold fold, Observation.HookListed listed) {
    withRemoval(fold, draft -> HookSequence.listed(draft, bounded(draft, listed)));
  }

  static void ended(Fold fold, Observation.ScriptEnded ended) {
    withRemoval(fold, draft -> HookSequence.ended(draft, ended));
  }

  static void advance(Fold fold) {
    if (fold.machine().isEmpty()) {
      return;
    }
    for (int moves = 0; moves < MOST_MOVES; moves++) {
      Peers before = fold.peers();
      move(fold);
      if (fold.peers().equals(before)) {
        break;
      }
    }
  }

  private static void move(Fold fold) {
    Peers peers = fold.peers();
    if (peers.removal().isEmpty()) {
      next(peers).ifPresent(due -> begin(fold, due));
      return;
    }
    withRemoval(fold, HookSequence::advance);
    fold.peers()
        .removal()
        .filter(each -> each.hook().isFinished())
        .ifPresent(over -> fold.peers(fold.peers().finished(over)));
  }

  private static Optional<PeerEvent> next(Peers peers) {
    return peers.events().stream()
        .filter(PeerEvent::isDue)
        .min(Comparator.comparing(each -> each.dueSince().orElseThrow()));
  }

  private static void begin(Fold fold, PeerEvent due) {
    fold.say(
        due.hook() == Hook.PEER_ADDED ? Reason.PEER_ADDED : Reason.PEER_REMOVED,
        due.event().type() + " " + due.event().id() + ": " + String.join(" ", due.vms()));
    fold.emit(new Action.ListHook(due.hook()));
    fold.peers(fold.peers().begun(new Removal(due, HookRun.asked(due.hook(), fold.now))));
  }

  private static void withRemoval(Fold fold, Consumer<RemovalDraft> work) {
    fold.peers()
        .removal()
        .ifPresent(
            removal -> {
              RemovalDraft draft = fold.draftOf(removal);
              work.accept(draft);
              fold.peers(fold.peers().with(draft.removal()));
            });
  }

  private static Observation.HookListed bounded(HookDraft draft, Observation.HookListed listed) {
    int all = listed.rows().stream().mapToInt(List::size).sum();
    if (all <= MOST_SCRIPTS) {
      return listed;
    }
    draft.say(
        Reason.HOOK_FAILED,
        listed.hook().word() + ": of " + all + " scripts only the first " + MOST_SCRIPTS + " run");
    List<List<PlannedScript>> rows = new ArrayList<>();
    int left = MOST_SCRIPTS;
    for (List<PlannedScript> row : listed.rows()) {
      rows.add(row.stream().limit(left).toList());
      left -= rows.getLast().size();
    }
    return new Observation.HookListed(listed.hook(), rows);
  }
}
