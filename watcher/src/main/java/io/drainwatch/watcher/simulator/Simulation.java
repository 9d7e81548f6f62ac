package io.drainwatch.watcher.simulator;

import io.drainwatch.watcher.simulator.platform.ArmedFaults;
import io.drainwatch.watcher.simulator.platform.DateStyle;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Order;
import io.drainwatch.watcher.simulator.platform.Outcome;
import io.drainwatch.watcher.simulator.platform.SimulatedChange;
import io.drainwatch.watcher.simulator.platform.SimulatedPlatform;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything the simulator knows at a moment: the platform, the faults, how far the scenario has
 * come. Immutable; time and ids are arguments.
 *
 * @param steps still to come, the next one first
 */
record Simulation(
    SimulatedPlatform platform,
    ArmedFaults faults,
    Activation activation,
    RequestRate rate,
    DateStyle dates,
    List<Pending> steps) {

  /** A scenario's order and its moment. */
  record Pending(Instant due, Order order) {}

  /** What came of something: the simulation afterwards, and what happened. */
  record Moved(Simulation simulation, List<SimulatedChange> changes) {
    Moved {
      changes = List.copyOf(changes);
    }
  }

  /** What came of an order. */
  sealed interface Result {
    record Done(Moved moved) implements Result {}

    record NotDone(Outcome why) implements Result {}
  }

  Simulation {
    steps = List.copyOf(steps);
  }

  static Simulation of(SimulatorSettings settings) {
    return new Simulation(
        SimulatedPlatform.of(settings.vms()),
        ArmedFaults.none(),
        Activation.OFF,
        RequestRate.none(),
        settings.dates(),
        List.of());
  }

  /** The next moment at which something happens by itself. */
  Optional<Instant> nextChange() {
    return Stream.concat(platform.nextChange().stream(), steps.stream().limit(1).map(Pending::due))
        .min(Comparator.naturalOrder());
  }

  Simulation playing(Scenario scenario, Instant start) {
    List<Pending> all = new ArrayList<>(steps);
    scenario.steps().forEach(step -> all.add(new Pending(start.plus(step.after()), step.order())));
    all.sort(Comparator.comparing(Pending::due));
    return withSteps(all);
  }

  /** Carries out all that has fallen due, in the order of time. */
  Moved at(Instant now, Supplier<String> ids) {
    List<SimulatedChange> changes = new ArrayList<>();
    Simulation simulation = this;
    while (!simulation.steps.isEmpty() && !simulation.steps.getFirst().due().isAfter(now)) {
      Pending step = simulation.steps.getFirst();
      simulation = simulation.withSteps(simulation.steps.subList(1, simulation.steps.size()));
      Moved before = simulation.advanced(step.due());
      changes.addAll(before.changes());
      simulation = before.simulation();
      switch (simulation.carryOut(step.order(), step.due(), ids)) {
        case Result.Done(Moved moved) -> {
          changes.addAll(moved.changes());
          simulation = moved.simulation();
        }
        case Result.NotDone(Outcome why) ->
            changes.add(new SimulatedChange.OrderRefused(step.due(), step.order(), sentence(why)));
      }
    }
    Moved rest = simulation.advanced(now);
    changes.addAll(rest.changes());
    return new Moved(rest.simulation(), changes);
  }

  /** Carries out an order; what has fallen due before has to be done already. */
  Result carryOut(Order order, Instant now, Supplier<String> ids) {
    return switch (order) {
      case Order.Schedule(EventPlan plan) ->
          result(
              platform.schedule(
                  plan,
                  plan.id().orElseGet(ids),
                  plan.resources().orElseGet(() -> List.of(platform.vms().getFirst().name())),
                  now));
      case Order.Cancel(String event) -> result(platform.cancel(event, now));
      case Order.StartNow(String event) -> result(platform.startNow(event, now));
      case Order.EndNow(String event) -> result(platform.endNow(event, now));
      case Order.Acknowledge(String event, String by) ->
          result(platform.acknowledge(List.of(event), by, now));
      case Order.SetFault(var fault) -> done(withFaults(faults.and(fault, now)));
      case Order.ClearFaults() -> done(withFaults(ArmedFaults.none()));
      case Order.JumpIncarnation(long by) ->
          done(with(platform.withIncarnation(platform.incarnation() + by)));
      case Order.ResetIncarnation(long to) -> done(with(platform.withIncarnation(to)));
      case Order.WriteDates(DateStyle style) ->
          done(new Simulation(platform, faults, activation, rate, style, steps));
    };
  }

  /** Why an order was not carried out, for people. */
  static String sentence(Outcome why) {
    return switch (why) {
      case Outcome.Unknown(String event) -> "no event " + event + " is in the document";
      case Outcome.Impossible(String reason) -> reason;
      case Outcome.Done ignored -> "done";
    };
  }

  Simulation with(SimulatedPlatform other) {
    return new Simulation(other, faults, activation, rate, dates, steps);
  }

  Simulation withFaults(ArmedFaults other) {
    return new Simulation(platform, other, activation, rate, dates, steps);
  }

  Simulation withActivation(Activation other) {
    return new Simulation(platform, faults, other, rate, dates, steps);
  }

  Simulation withRate(RequestRate other) {
    return new Simulation(platform, faults, activation, other, dates, steps);
  }

  private Simulation withSteps(List<Pending> other) {
    return new Simulation(platform, faults, activation, rate, dates, other);
  }

  private Moved advanced(Instant now) {
    Outcome.Done done = platform.at(now);
    return new Moved(with(done.platform()), done.changes());
  }

  private Result result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var after, var changes) -> new Result.Done(new Moved(with(after), changes));
      case Outcome.Unknown unknown -> new Result.NotDone(unknown);
      case Outcome.Impossible impossible -> new Result.NotDone(impossible);
    };
  }

  private static Result done(Simulation after) {
    return new Result.Done(new Moved(after, List.of()));
  }
}
