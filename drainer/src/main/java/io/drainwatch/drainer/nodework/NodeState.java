package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.evictions.EvictionState;
import io.drainwatch.drainer.evictions.PodList;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.nodes.Cause;
import io.drainwatch.drainer.nodes.MarkSettings;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ReadyWatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the work on one Node goes by. Nothing of it is kept over a restart: what counts stands
 * on the Node.
 *
 * @param node as read last
 * @param goneSince when the Node was found to be no more; said once
 * @param foundLooked whether the record that was on the Node at the start was looked at
 * @param record as it stands on the Node, as far as known; empty: none of ours
 * @param uncordonedUnder the record that stood as somebody was seen to have uncordoned the Node
 * @param marks what is still to be set; a mark that is refused is left out from then on
 * @param lostAt since when another process writes the record
 * @param told Events sent in this episode
 * @param terms what others decide about this Node
 * @param permit what an acknowledgement from this machine goes by
 * @param workedOn uid of the Node object that carried the episode's record last
 * @param budgets the disruption budgets, while pods are watched
 * @param look what is known of a machine whose Node is away
 */
public record NodeState(
    String nodeName,
    Optional<Machine> machine,
    Optional<Episode> episode,
    Optional<NodeFacts> node,
    Optional<Instant> goneSince,
    boolean foundLooked,
    Optional<NodeRecord> record,
    Optional<NodeRecord> uncordonedUnder,
    Orders orders,
    MarkSettings marks,
    Writes writes,
    Evicting evicting,
    Fence fence,
    Detach detach,
    Preflight preflight,
    Return returning,
    Optional<Instant> conditionsWrittenAt,
    Optional<Instant> lostAt,
    Set<NodeNotice> told,
    NodeTerms terms,
    Permit permit,
    Optional<String> workedOn,
    BudgetsSeen budgets,
    MachineLook look) {

  public NodeState {
    told = Set.copyOf(told);
  }

  /**
   * Nothing is asked for, under way or left to be cleared away: nobody need look after the Node.
   */
  public boolean isIdle() {
    return episode.isEmpty()
        && record.isEmpty()
        && writes.sent().isEmpty()
        && writes.readAskedAt().isEmpty()
        && !orders.uncordon()
        && !orders.closing()
        && returning.toClear().isEmpty();
  }

  /** For metrics. */
  public NodeFigures figures(Instant now) {
    return NodeFigures.of(this, now);
  }

  /** This very process saw the Node empty, and no pod that has to go since. */
  public boolean isSeenEmpty() {
    return permit.seenEmpty();
  }

  /** The record says that nobody waits for the machine. */
  public boolean isMachineOff() {
    return record.filter(known -> known.progress().isOff()).isPresent();
  }

  /** Another process writes the record, and this one leaves the Node to it for a while. */
  public boolean isLost() {
    return lostAt.isPresent();
  }

  boolean hasEndedWithTheNode() {
    return episode.flatMap(Episode::held).equals(Optional.of(Episode.Held.NODE_GONE));
  }

  /** Before anything is known. */
  public static NodeState of(String nodeName, NodeSettings settings) {
    return new NodeState(
        nodeName,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Orders.NONE,
        settings.marks(),
        Writes.NONE,
        Evicting.NONE,
        Fence.NONE,
        Detach.NONE,
        Preflight.NONE,
        Return.NONE,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        NodeTerms.NONE,
        Permit.NONE,
        Optional.empty(),
        BudgetsSeen.UNKNOWN,
        MachineLook.NONE);
  }

  /**
   * What the core asked for and has not been told the end of.
   *
   * @param cordon asked for and not answered
   * @param evict asked for; stays after the end, until the maintenance starts or is over
   * @param stopped no new request
   * @param ended the end of the evictions was said
   * @param uncordon asked for and not answered
   * @param closing the core has let the episode go: what is left on the Node is cleared away
   */
  record Orders(
      boolean cordon,
      Optional<Action.StartEvictions> evict,
      boolean stopped,
      boolean ended,
      boolean uncordon,
      boolean closing) {
    static final Orders NONE = new Orders(false, Optional.empty(), false, false, false, false);
  }

  /** A write under way, and what it means once it is accepted. */
  sealed interface Sent {
    /**
     * @param foreignCordon with the cordon: the Node was cordoned already
     */
    record Record(NodeRecord after, Mark mark, boolean foreignCordon) implements Sent {}

    record KeptAside(String why) implements Sent {}

    /**
     * @param episode of the core that it is for
     */
    record GivenBack(NodeRecord before, boolean uncordoned, Optional<String> episode)
        implements Sent {}

    record Conditions() implements Sent {}

    /** Ours are taken away after the Node was given back. */
    record Cleared() implements Sent {}
  }

  /** Which mark beside the record a write sets. */
  enum Mark {
    NONE,
    CORDON,
    TAINT,
    LB_LABEL,
    HOLD
  }

  /**
   * @param watching whether pods are watched
   * @param cordonedAt when the cordon was seen to be in force, by our clock
   * @param told the order that the evictions go by; empty: none yet, or they were stopped
   * @param seen the newest view
   * @param evictionKnown whether the server knows evictions
   */
  record Evicting(
      boolean watching,
      Optional<Instant> cordonedAt,
      Optional<Action.StartEvictions> told,
      Optional<PodsSeen> seen,
      boolean evictionKnown,
      EvictionState state) {
    static final Evicting NONE =
        new Evicting(
            false, Optional.empty(), Optional.empty(), Optional.empty(), true, EvictionState.NONE);
  }

  /**
   * The completion fence under way.
   *
   * @param listing a list is under way
   * @param first the first list
   * @param second the second list; the Node is read next
   * @param notBefore of the next list
   * @param failures of lists, in a row
   */
  record Fence(
      boolean listing,
      Optional<PodList> first,
      Optional<PodList> second,
      Instant notBefore,
      int failures) {
    static final Fence NONE = new Fence(false, Optional.empty(), Optional.empty(), Instant.MIN, 0);

    Fence listing(boolean isUnderWay) {
      return new Fence(isUnderWay, first, second, notBefore, failures);
    }

    Fence with(PodList list) {
      return first.isEmpty()
          ? new Fence(listing, Optional.of(list), Optional.empty(), notBefore, failures)
          : new Fence(listing, first, Optional.of(list), notBefore, failures);
    }

    /** From the first list on again. */
    Fence anew(Instant earliest) {
      return new Fence(listing, Optional.empty(), Optional.empty(), earliest, failures);
    }

    Fence failed(int inARow) {
      return new Fence(listing, first, second, notBefore, inARow);
    }
  }

  /**
   * Evictions tried while a maintenance waits for its time.
   *
   * @param listing the pods are listed for it
   * @param trying they are asked for
   * @param held what is not asked for and would hold the drain up all the same
   * @param causes what would hold up the drain, by the last try
   * @param notBefore of the next one
   */
  record Preflight(
      boolean listing, boolean trying, List<Cause> held, List<Cause> causes, Instant notBefore) {
    static final Preflight NONE = new Preflight(false, false, List.of(), List.of(), Instant.MIN);

    Preflight {
      held = List.copyOf(held);
      causes = List.copyOf(causes);
    }
  }

  /**
   * Volumes that are being detached; only where VolumeAttachments are read.
   *
   * @param listing a list is under way
   * @param left what is attached and nobody on the Node needs, by the newest list; empty: none yet
   * @param pods UIDs of the pods with volumes that were seen last
   * @param since by UID, when a pod with volumes was seen to be gone
   * @param notBefore of the next list
   */
  record Detach(
      boolean listing,
      Optional<Left> left,
      Set<String> pods,
      Map<String, Instant> since,
      Instant notBefore) {
    static final Detach NONE = new Detach(false, Optional.empty(), Set.of(), Map.of(), Instant.MIN);

    Detach {
      pods = Set.copyOf(pods);
      since = Map.copyOf(since);
    }

    /**
     * @param begun when its list was, by our clock
     */
    record Left(List<String> volumes, Instant begun) {
      Left {
        volumes = List.copyOf(volumes);
      }
    }

    Detach asking() {
      return new Detach(true, left, pods, since, notBefore);
    }

    Detach withoutListing() {
      return new Detach(false, left, pods, since, notBefore);
    }

    /** Another drain: what of a list under way comes in is of use all the same. */
    Detach forAnother() {
      return new Detach(listing, Optional.empty(), Set.of(), Map.of(), Instant.MIN);
    }
  }

  /**
   * @param toClear the record that was given back, while its conditions are still there
   * @param mayBeDone the patch that gives back was sent, and its answer is not known
   * @param gaveBack id of the episode that needs the Node no more, though the core still has it
   * @param letGo stamp of the episode that the core let go while nothing of it stood on the Node,
   *     as far as was known
   * @param leftSince a record stands on the Node, and the core knows of no episode
   */
  record Return(
      ReadyWatch ready,
      Optional<NodeRecord> toClear,
      Optional<String> gaveBack,
      boolean mayBeDone,
      Optional<Instant> letGo,
      Optional<Instant> leftSince) {
    static final Return NONE =
        new Return(
            ReadyWatch.NOT_READY,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty());

    Return with(ReadyWatch now) {
      return new Return(now, toClear, gaveBack, mayBeDone, letGo, leftSince);
    }

    Return cleared() {
      return new Return(ready, Optional.empty(), gaveBack, mayBeDone, letGo, leftSince);
    }

    /** Its patch was sent, and what came of it is not known. */
    Return unclear(boolean now) {
      return new Return(ready, toClear, gaveBack, now, letGo, leftSince);
    }

    Return lettingGo(Optional<Instant> stamp) {
      return new Return(ready, toClear, gaveBack, mayBeDone, stamp, leftSince);
    }

    Return leftSince(Optional<Instant> moment) {
      return new Return(ready, toClear, gaveBack, mayBeDone, letGo, moment);
    }

    /** Another episode, or none: whatever was given back before says nothing of it. */
    Return forAnother() {
      return new Return(ReadyWatch.NOT_READY, toClear, Optional.empty(), false, letGo, leftSince);
    }
  }

  /** After a bug: what was under way is taken for lost, so that it is asked for again. */
  NodeState withoutWhatIsUnderWay() {
    return new NodeState(
        nodeName,
        machine,
        episode,
        node,
        goneSince,
        foundLooked,
        record,
        uncordonedUnder,
        orders,
        marks,
        writes.lost(),
        evicting,
        fence.anew(fence.notBefore()).listing(false),
        detach.withoutListing(),
        Preflight.NONE,
        returning,
        conditionsWrittenAt,
        lostAt,
        told,
        terms,
        permit,
        workedOn,
        budgets,
        look);
  }
}
