package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.nodework.Machines;
import io.drainwatch.drainer.nodework.NodeAction;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeState;
import io.drainwatch.drainer.nodework.NodeStep;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The work on a Node under virtual time: what an actor does, on one thread. */
final class VirtualHands implements NodeHands.Maker {
  private final NodeWork work;
  private final ModelApi api;
  private final Machines machines;

  /** Between the fold of a Node and the work on it, which are threads of their own. */
  Supplier<Duration> lag = () -> Duration.ZERO;

  VirtualHands(NodeWork work, ModelApi api) {
    this(work, api, Machines.UNTOLD);
  }

  VirtualHands(NodeWork work, ModelApi api, Machines machines) {
    this.machines = machines;
    this.work = work;
    this.api = api;
  }

  @Override
  public NodeHands on(String node, Consumer<Observation> report, Consumer<NodeNote> notes) {
    return new Pair(node, report, notes);
  }

  private final class Pair implements NodeHands {
    private final String node;
    private final Consumer<Observation> report;
    private final Consumer<NodeNote> notes;
    private final Deque<NodeObservation> inbox = new ArrayDeque<>();
    private final List<Cluster.Sent> requests = new ArrayList<>();
    private Optional<Cluster.Watching> podWatch = Optional.empty();
    private Instant lastReport = Instant.MIN;
    private Instant lastOrder = Instant.MIN;
    private NodeState state;
    private Optional<Instant> alarm = Optional.empty();
    private boolean busy;
    private boolean closed;

    Pair(String node, Consumer<Observation> report, Consumer<NodeNote> notes) {
      this.node = node;
      this.report = report;
      this.notes = notes;
      state = NodeState.of(node, work.settings());
    }

    @Override
    public void observe(NodeObservation observation) {
      lastOrder = heard(lastOrder, () -> take(observation));
    }

    // in the order in which it was said, some of it late
    private Instant heard(Instant last, Runnable what) {
      Instant now = api.cluster().now();
      Instant soonest = now.plus(lag.get());
      Instant at = soonest.isBefore(last) ? last : soonest;
      if (at.isAfter(now)) {
        api.cluster()
            .in(
                Duration.between(now, at),
                () -> {
                  if (!closed) {
                    what.run();
                  }
                });
      } else {
        what.run();
      }
      return at;
    }

    private void take(NodeObservation observation) {
      inbox.add(observation);
      if (busy || closed) {
        return;
      }
      busy = true;
      try {
        for (NodeObservation next = inbox.poll(); next != null && !closed; next = inbox.poll()) {
          step(next);
        }
      } finally {
        busy = false;
      }
    }

    @Override
    public NodeState state() {
      return state;
    }

    @Override
    public boolean seeItEmpty() {
      return work.seesEmpty(state, api.cluster().now());
    }

    @Override
    public void close() {
      closed = true;
      requests.forEach(Cluster.Sent::cancel);
      podWatch.ifPresent(Cluster.Watching::close);
    }

    private void step(NodeObservation observation) {
      Instant now = api.cluster().now();
      NodeStep step = work.next(state, observation, now);
      state = step.state();
      step.actions().forEach(this::carryOut);
      work.wakeAt(state, now)
          .filter(at -> at.isBefore(now.plus(Duration.ofMinutes(1))))
          .filter(at -> alarm.filter(set -> !set.isAfter(at)).isEmpty())
          .ifPresent(
              at -> {
                alarm = Optional.of(at);
                later(
                    Duration.between(now, at),
                    () -> {
                      alarm = alarm.filter(set -> !set.equals(at));
                      return new NodeObservation.Tick();
                    });
              });
    }

    private void later(Duration delay, Supplier<NodeObservation> what) {
      api.cluster()
          .in(
              delay,
              () -> {
                if (!closed) {
                  take(what.get());
                }
              });
    }

    private void carryOut(NodeAction action) {
      switch (action) {
        case NodeAction.ReadNode() ->
            later(Duration.ZERO, () -> new NodeObservation.NodeRead(api.readNode(node), true));
        case NodeAction.Patch(var patch) ->
            later(Duration.ZERO, () -> new NodeObservation.Written(api.patchNode(node, patch)));
        case NodeAction.PatchConditions(var patch) ->
            later(
                Duration.ZERO, () -> new NodeObservation.Written(api.patchConditions(node, patch)));
        case NodeAction.ListPods() ->
            later(Duration.ZERO, () -> new NodeObservation.Listed(api.listPods(node)));
        case NodeAction.TryEvictions(var tried) ->
            later(
                Duration.ZERO,
                () ->
                    new NodeObservation.Tried(
                        tried.stream()
                            .map(pod -> new NodeObservation.Trial(pod, api.tryEviction(pod)))
                            .toList()));
        case NodeAction.ListAttachments() ->
            later(Duration.ZERO, () -> new NodeObservation.Attachments(api.listAttachments(node)));
        case NodeAction.WatchPods() ->
            podWatch =
                Optional.of(
                    api.watchPods(node, seen -> take(new NodeObservation.Pods(seen, true))));
        case NodeAction.UnwatchPods() -> {
          podWatch.ifPresent(Cluster.Watching::close);
          podWatch = Optional.empty();
        }
        case NodeAction.Send(var request) ->
            requests.add(
                api.send(
                    request,
                    answer ->
                        take(
                            new NodeObservation.Answered(
                                request.pod().uid(), request.attempt(), answer, 0.5))));
        case NodeAction.CancelRequests() -> requests.forEach(Cluster.Sent::cancel);
        case NodeAction.AskForMachine(String providerId) ->
            machines.ask(
                providerId,
                fate -> later(Duration.ZERO, () -> new NodeObservation.MachineSeen(fate)));
        case NodeAction.ReadToken() -> api.readToken();
        case NodeAction.Tell(var news) -> api.tell(news);
        case NodeAction.Note(var note) -> notes.accept(note);
        case NodeAction.Acknowledge acknowledge -> {} // the watcher's affair
        case NodeAction.Report(var observation) ->
            lastReport = heard(lastReport, () -> report.accept(observation));
      }
    }
  }
}
