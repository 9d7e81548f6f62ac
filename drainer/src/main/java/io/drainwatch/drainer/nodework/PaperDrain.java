package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PaperNode;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.NodeFacts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The work on a Node that is nowhere but on paper, from the cordon until it is Drained, with a
 * clock of its own: loading and compiling what a drain needs takes some hundred milliseconds, which
 * the first event's notice need not pay. Touches nothing.
 */
public final class PaperDrain {
  private static final int PODS = 3;
  private static final int MOST_SECONDS = 60;

  private final NodeWork work;
  private final Core core;
  private final PaperNode paper = new PaperNode(PODS);
  private final Deque<NodeObservation> inbox = new ArrayDeque<>();
  private NodeState state;
  private Instant now;

  /** Whose orders are carried out. */
  public interface Core {
    Optional<Machine> machine();

    Optional<Episode> episode();

    /**
     * @return what it asks of the Node
     */
    List<Action> begin(PaperNode paper, Instant now);

    /** As {@link #begin}, for what was reported, or for time alone. */
    List<Action> next(Optional<Observation> observation, Instant now);

    /** As {@link #begin}: the Node has changed. */
    List<Action> seen(NodeFacts node, Instant now);
  }

  private PaperDrain(NodeSettings settings, Core core, Instant now) {
    NodeSettings writing = settings.withWrites(true); // on paper
    work = new NodeWork(writing, Policy.defaults());
    state = NodeState.of(PaperNode.NAME, writing);
    this.core = core;
    this.now = now;
  }

  /**
   * @return the state it came to
   */
  public static Optional<MaintenanceState> of(NodeSettings settings, Core core, Instant now) {
    PaperDrain drain = new PaperDrain(settings, core, now);
    drain.run();
    return core.episode().map(Episode::state);
  }

  private void run() {
    inbox.add(new NodeObservation.NodeRead(new NodeReading.Found(paper.node()), false));
    stepped(core.begin(paper, now));
    for (int second = 0; second < MOST_SECONDS && !isDrained(); second++) {
      while (!inbox.isEmpty()) {
        NodeStep step = work.next(state, inbox.removeFirst(), now);
        state = step.state();
        step.actions().forEach(this::carryOut);
        work.wakeAt(state, now);
      }
      now = now.plusSeconds(1);
      stepped(core.next(Optional.empty(), now));
      inbox.add(new NodeObservation.Tick());
    }
  }

  private boolean isDrained() {
    return core.episode().filter(each -> each.state() == MaintenanceState.DRAINED).isPresent();
  }

  private void stepped(List<Action> asked) {
    inbox.add(new NodeObservation.Stepped(core.machine(), core.episode(), asked));
  }

  private void carryOut(NodeAction action) {
    switch (action) {
      case NodeAction.ReadNode() ->
          inbox.add(new NodeObservation.NodeRead(new NodeReading.Found(paper.node()), true));
      case NodeAction.Patch(var patch) -> {
        inbox.add(new NodeObservation.Written(paper.patched(patch)));
        stepped(core.seen(paper.node(), now));
      }
      case NodeAction.PatchConditions(var patch) ->
          inbox.add(new NodeObservation.Written(paper.patched(patch)));
      case NodeAction.ListPods() -> inbox.add(new NodeObservation.Listed(paper.listed(now)));
      case NodeAction.ListAttachments() ->
          inbox.add(new NodeObservation.Attachments(new AttachmentListing.Failed("on paper")));
      case NodeAction.TryEvictions ignored -> inbox.add(new NodeObservation.Tried(List.of()));
      case NodeAction.WatchPods() -> inbox.add(new NodeObservation.Pods(paper.seen(now), true));
      case NodeAction.Send(var request) -> {
        inbox.add(
            new NodeObservation.Answered(
                request.pod().uid(), request.attempt(), paper.answered(request), 0));
        inbox.add(new NodeObservation.Pods(paper.seen(now), true));
      }
      case NodeAction.Tell(var news) -> paper.told(news, now);
      case NodeAction.Report(var observation) -> stepped(core.next(Optional.of(observation), now));
      case NodeAction.UnwatchPods() -> {}
      case NodeAction.CancelRequests() -> {}
      case NodeAction.AskForMachine ignored -> {}
      case NodeAction.ReadToken() -> {}
      case NodeAction.Note ignored -> {}
      case NodeAction.Acknowledge ignored -> {}
    }
  }
}
