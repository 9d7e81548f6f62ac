package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.nodework.NodeAction;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeState;
import io.drainwatch.drainer.nodework.NodeStep;
import io.drainwatch.drainer.nodework.NodeWork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** {@link Hands} while they observe; what is asked for goes to the queue of the world. */
final class HandsDraft {
  private static final int MOST_AT_ONCE = 200;

  private final Turn turn;
  private final String holder;
  private final NodeWork work;
  private final boolean mayEvict;
  private final boolean hearsLate;
  private final Consumer<NodeAction> others;
  private final Deque<NodeObservation> inbox = new ArrayDeque<>();
  private NodeState state;
  private boolean watchesPods;
  private boolean busy;

  /**
   * @param mayEvict for an event that stands, as far as it was told
   * @param hearsLate of the Node, what its watch tells
   */
  HandsDraft(
      Turn turn, Hands hands, boolean mayEvict, boolean hearsLate, Consumer<NodeAction> others) {
    this.turn = turn;
    this.mayEvict = mayEvict;
    this.hearsLate = hearsLate;
    this.others = others;
    holder = hands.holder();
    work = hands.work();
    state = hands.state();
    watchesPods = hands.watchesPods();
  }

  Hands hands() {
    return new Hands(holder, state, watchesPods);
  }

  NodeState state() {
    return state;
  }

  void later(NodeObservation observation) {
    inbox.add(observation);
  }

  void observe(NodeObservation observation) {
    later(observation);
    settle();
  }

  void settle() {
    if (busy) {
      return;
    }
    busy = true;
    int taken = 0;
    while (!inbox.isEmpty()) {
      if (++taken > MOST_AT_ONCE) {
        turn.broken.add("a loop that needs no time: " + inbox.peek());
        inbox.clear();
      } else {
        NodeStep step = work.next(state, inbox.removeFirst(), turn.now);
        state = step.state();
        step.actions().forEach(this::carryOut);
      }
    }
    busy = false;
  }

  private void carryOut(NodeAction action) {
    switch (action) {
      case NodeAction.ReadNode() -> turn.ask(new Ask.ReadNode());
      case NodeAction.Patch(var patch) -> turn.ask(new Ask.Patch(patch));
      case NodeAction.PatchConditions(var patch) -> turn.ask(new Ask.Conditions(patch));
      case NodeAction.ListPods() -> turn.ask(new Ask.ListPods());
      case NodeAction.ListAttachments() -> turn.ask(new Ask.ListAttachments());
      case NodeAction.TryEvictions(var pods) -> turn.ask(new Ask.TryEvictions(pods));
      case NodeAction.Send(var request) -> turn.ask(new Ask.Send(request), mayEvict, hearsLate);
      case NodeAction.WatchPods() -> {
        watchesPods = true;
        turn.ask(new Ask.PodNews());
      }
      case NodeAction.UnwatchPods() -> {
        watchesPods = false;
        turn.forgetPodNews();
      }
      case NodeAction.CancelRequests() -> {} // what is under way may arrive
      case NodeAction.AskForMachine ask -> {}
      case NodeAction.ReadToken() -> {}
      case NodeAction.Tell(var news) -> {}
      case NodeAction.Note(var note) -> {}
      case NodeAction.Acknowledge acknowledge -> others.accept(acknowledge);
      case NodeAction.Report report -> others.accept(report);
    }
  }
}
