package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodePatch;
import java.util.List;

/** What is to be done on a Node. Reads, writes and lists are answered by one observation each. */
public sealed interface NodeAction {

  record ReadNode() implements NodeAction {}

  record Patch(NodePatch patch) implements NodeAction {}

  record PatchConditions(ConditionPatch patch) implements NodeAction {}

  /** A complete list; for the fence, or because the view is too old. */
  record ListPods() implements NodeAction {}

  /** What is attached to the Node. */
  record ListAttachments() implements NodeAction {}

  /** One after another, changing nothing; all answers come in one observation. */
  record TryEvictions(List<EvictablePod> pods) implements NodeAction {
    public TryEvictions {
      pods = List.copyOf(pods);
    }
  }

  /** And with an option the disruption budgets, until {@link UnwatchPods}. */
  record WatchPods() implements NodeAction {}

  record UnwatchPods() implements NodeAction {}

  record Send(EvictionRequest.ForPod request) implements NodeAction {}

  /** Requests under way are given up. */
  record CancelRequests() implements NodeAction {}

  /**
   * What became of the VM is asked of whoever can tell; in its own time, and the answer may be
   * lost.
   */
  record AskForMachine(String providerId) implements NodeAction {}

  record ReadToken() implements NodeAction {}

  record Tell(NodeNews news) implements NodeAction {}

  /** For the log and the metrics. */
  record Note(NodeNote note) implements NodeAction {}

  /** It may leave; the answer to {@link NodeObservation.AcknowledgeAsked}. */
  record Acknowledge(String eventId) implements NodeAction {}

  /** For the core. */
  record Report(Observation observation) implements NodeAction {}
}
