package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MachineFate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the work on a Node learns, from the core and from the cluster. */
public sealed interface NodeObservation {

  /**
   * The core made a step.
   *
   * @param machine the VM of the Node; empty: not known yet, and nothing is done
   * @param episode as it stands after the step; empty: none
   * @param asked of its actions those for the Node: Cordon, StartEvictions, StopEvictions, Uncordon
   */
  record Stepped(Optional<Machine> machine, Optional<Episode> episode, List<Action> asked)
      implements NodeObservation {
    public Stepped {
      asked = List.copyOf(asked);
    }
  }

  /**
   * @param asked the answer to {@link NodeAction.ReadNode}, and not the watch
   */
  record NodeRead(NodeReading reading, boolean asked) implements NodeObservation {}

  /** The answer to {@link NodeAction.Patch} or {@link NodeAction.PatchConditions}. */
  record Written(WriteAnswer answer) implements NodeObservation {}

  /**
   * By the watch of pods.
   *
   * @param evictionKnown whether discovery names the eviction subresource
   */
  record Pods(PodsSeen seen, boolean evictionKnown) implements NodeObservation {}

  /** Which disruption budgets there are; only where they are read. */
  record Budgets(BudgetsSeen seen) implements NodeObservation {}

  /** A disruption budget that pods of this Node wait for lets pods go again. */
  record BudgetOpened(String namespace, String name) implements NodeObservation {}

  /** The answer to {@link NodeAction.ListPods}. */
  record Listed(PodListing listing) implements NodeObservation {}

  /** The answer to {@link NodeAction.ListAttachments}. */
  record Attachments(AttachmentListing listing) implements NodeObservation {}

  /** The answer to {@link NodeAction.TryEvictions}; pods that were not asked for are missing. */
  record Tried(List<Trial> trials) implements NodeObservation {
    public Tried {
      trials = List.copyOf(trials);
    }
  }

  /** What the server would say. */
  record Trial(EvictablePod pod, EvictionAnswer answer) {}

  /**
   * The answer to {@link NodeAction.Send}.
   *
   * @param jitter a random number from 0 to 1
   */
  record Answered(String uid, int attempt, EvictionAnswer answer, double jitter)
      implements NodeObservation {}

  /**
   * The core wants the acknowledgement of an event to leave this machine (form {@code agent}).
   *
   * @param journaled a journal of this machine tells of it; if not, the record on the Node has to
   *     before it leaves
   */
  record AcknowledgeAsked(String eventId, boolean journaled) implements NodeObservation {}

  /** The answer to {@link NodeAction.AskForMachine}. */
  record MachineSeen(MachineFate fate) implements NodeObservation {}

  /** What others decide changed. */
  record TermsSet(NodeTerms terms) implements NodeObservation {}

  /**
   * The clock was set.
   *
   * @param by forward, or back where negative
   */
  record ClockStepped(Duration by) implements NodeObservation {}

  /** Only time passed. */
  record Tick() implements NodeObservation {}
}
