package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * All that the watcher's side goes by. Nothing of it is kept over a restart: the core's journal and
 * the Node tell.
 *
 * @param watch of the core; empty: before its first step
 * @param node as the watch of the Node saw it last
 * @param goneSince since when the watch has said that there is no such Node
 * @param record on that Node, if it is this machine's; the drainer's word
 * @param foundLooked whether the record that was on the Node at the start was looked at
 * @param said to the core since its last step
 * @param heldTold that somebody uncordoned was said, for the hold that stands in the record
 * @param withheld keys of events whose acknowledgement was asked for and did not leave
 * @param toNote keys of events whose acknowledgement waits for the note on the Node, because no
 *     journal tells of it
 * @param note what is written
 */
public record DistantState(
    String nodeName,
    Optional<Watch> watch,
    Optional<NodeFacts> node,
    Optional<Instant> goneSince,
    Optional<NodeRecord> record,
    boolean foundLooked,
    Set<Said> said,
    boolean heldTold,
    Set<String> withheld,
    Set<String> toNote,
    Unanswered unanswered,
    NoteState note) {

  public DistantState {
    said = Set.copyOf(said);
    withheld = Set.copyOf(withheld);
    toNote = Set.copyOf(toNote);
  }

  /** Before anything is known. */
  public static DistantState of(String nodeName) {
    return new DistantState(
        nodeName,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Set.of(),
        false,
        Set.of(),
        Set.of(),
        Unanswered.NO,
        NoteState.NOTHING);
  }

  /** An answer that the core waits for is given once, unless it steps and still waits. */
  enum Said {
    CORDONED,
    EVICTED,
    APPEARED,
    SENT_OUTSIDE,
    GIVEN_BACK,
    NODE_GONE,
    NODE_THERE
  }

  /**
   * Whether the drainer owes us something.
   *
   * @param since when it has been owed; empty: nothing is
   * @param toldFor id of the episode that an Event was sent for
   */
  record Unanswered(Optional<Instant> since, Optional<String> toldFor) {
    static final Unanswered NO = new Unanswered(Optional.empty(), Optional.empty());
  }

  /**
   * Whether each document counts, also one that says the same: while a maintenance is open, here or
   * in the record, or somebody asks. An idle machine reads one each second, and else nobody wants
   * to know.
   */
  public boolean goesByEachDocument() {
    return record.isPresent()
        || watch.flatMap(Watch::episode).isPresent()
        || node.flatMap(facts -> facts.annotation(NodeKeys.ASKED)).isPresent();
  }

  /** Since when the drainer has owed an answer; empty: it does not. */
  public Optional<Instant> unansweredSince() {
    return unanswered.since();
  }
}
