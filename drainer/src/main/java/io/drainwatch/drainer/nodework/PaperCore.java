package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.PaperNode;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The core of a daemon that reads a document with an event for the machine of {@link PaperNode}.
 */
public final class PaperCore implements PaperDrain.Core {
  private final Lifecycle lifecycle = new Lifecycle(LifecycleSettings.defaults());
  private final Deque<Observation> following = new ArrayDeque<>();
  private Watch watch = Watch.idle();

  public Watch watch() {
    return watch;
  }

  @Override
  public Optional<Machine> machine() {
    return watch.machine();
  }

  @Override
  public Optional<Episode> episode() {
    return watch.episode();
  }

  @Override
  public List<Action> begin(PaperNode paper, Instant now) {
    Machine machine =
        new Machine(PaperNode.NAME, Optional.of(PaperNode.NAME), PaperNode.NAME, false);
    following.add(new Observation.DaemonStarted(machine));
    return next(
        Optional.of(
            new Observation.DocumentRead(
                new Document(OptionalLong.empty(), List.of(event(now)), now))),
        now);
  }

  /** One that nobody holds back. */
  public static ScheduledEvent event(Instant now) {
    return new ScheduledEvent(
        PaperNode.NAME,
        true,
        "Preempt",
        EventStatus.SCHEDULED,
        EventSource.PLATFORM,
        "VirtualMachine",
        List.of(PaperNode.NAME),
        Optional.of(now.plus(Duration.ofMinutes(15))),
        Optional.empty(),
        "",
        Optional.empty());
  }

  @Override
  public List<Action> next(Optional<Observation> observation, Instant now) {
    following.add(observation.orElseGet(Observation.Tick::new));
    List<Action> asked = new ArrayList<>();
    while (!following.isEmpty()) {
      fold(following.removeFirst(), now, asked);
    }
    return asked;
  }

  private void fold(Observation observation, Instant now, List<Action> asked) {
    Watch before = watch;
    Transition step = lifecycle.next(before, observation, now);
    watch = step.watch();
    // as whoever folds does after each step
    Invariants.brokenBy(before, observation, step, lifecycle.settings(), now);
    Timetable.next(watch, lifecycle.settings(), now);
    for (Action action : step.actions()) {
      switch (action) {
        case Action.ListHook(var hook) ->
            following.add(new Observation.HookListed(hook, List.of()));
        case Action.Cordon() -> asked.add(action);
        case Action.StartEvictions ignored -> asked.add(action);
        case Action.StopEvictions() -> asked.add(action);
        default -> {} // nothing else is done on paper
      }
    }
    if (!watch.recorded()) {
      following.add(new Observation.Recorded());
    }
  }

  @Override
  public List<Action> seen(NodeFacts node, Instant now) {
    return List.of();
  }
}
