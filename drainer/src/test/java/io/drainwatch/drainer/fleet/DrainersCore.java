package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodework.NodeObservation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The drainer's core as it is ({@link CoreFold}), for models outside of this package that leave out
 * budgets, other Nodes and threads. What it knows can be taken out as a value and put in again.
 */
public final class DrainersCore {
  private final FleetSettings settings;
  private final CoreFold core;
  private Optional<Substitution> substitution = Optional.empty();
  private BooleanSupplier emptiness = () -> false;

  /** What it knows between two turns. */
  public record Memory(CoreFold.Memory ofCore) {
    public static Memory empty(Instant now) {
      return new Memory(CoreFold.Memory.empty(now));
    }

    public Watch watch() {
      return ofCore.watch();
    }
  }

  /**
   * @param story words: states entered, endings, and broken invariants by {@code !}
   */
  public DrainersCore(
      LifecycleSettings lifecycle, InstantSource clock, Memory memory, Consumer<String> story) {
    settings = FleetSettings.of(lifecycle);
    core =
        new CoreFold(
            new Lifecycle(settings.lifecycle()),
            clock,
            new Telling("node", listener(story)),
            memory.ofCore());
  }

  private static FleetListener listener(Consumer<String> story) {
    return new FleetListener() {
      @Override
      public void entered(String node, MaintenanceState state, Episode episode, Instant now) {
        story.accept(state.word());
      }

      @Override
      public void summarized(String node, Summary summary, EpisodeEnd ending) {
        story.accept("summary " + summary.ending());
      }

      @Override
      public void violated(String node, List<Invariants.Violation> violations) {
        violations.forEach(each -> story.accept("! " + each));
      }
    };
  }

  public Memory memory() {
    return new Memory(core.memory());
  }

  public Optional<Machine> machine() {
    return core.machine();
  }

  public Optional<Episode> episode() {
    return core.episode();
  }

  public void take(NodeFacts node) {
    core.take(node);
  }

  public void report(Observation observation) {
    core.report(observation);
  }

  /** What is asked of the Node, in order. */
  public List<Action> advance() {
    return core.advance();
  }

  /** What the work on the Node hears after {@link #advance}, in order. */
  public List<NodeObservation> told(List<Action> asked) {
    List<NodeObservation> told = new ArrayList<>();
    core.foundAndOver()
        .ifPresent(
            over ->
                told.add(
                    new NodeObservation.Stepped(core.machine(), Optional.of(over), List.of())));
    told.add(new NodeObservation.Stepped(core.machine(), core.episode(), asked));
    return told;
  }

  /** Where no event names another Node's VM. */
  public Set<String> ackable() {
    return core.ackable(settings.shared(), name -> Optional.empty());
  }

  /** From now on it acknowledges in place of a watcher that is gone. */
  public void standsIn(
      StandIn standIn, String holder, BooleanSupplier seenEmpty, BooleanSupplier leads) {
    substitution =
        Optional.of(
            new Substitution(
                new Beside(Companion.NONE, Optional.of(standIn), holder, () -> true),
                send -> leads.getAsBoolean() && seenEmpty.getAsBoolean(),
                leads,
                Runnable::run));
    emptiness = seenEmpty;
  }

  /** As the fold of a Node does after each step. */
  public void substitute(Instant now) {
    substitution.ifPresent(
        each ->
            each.advance(
                () ->
                    core.lostWatcher(
                        each.holder(), emptiness.getAsBoolean(), name -> Optional.empty()),
                now));
  }

  public Optional<Instant> wakeAt(Instant now) {
    return core.wakeAt(now);
  }
}
