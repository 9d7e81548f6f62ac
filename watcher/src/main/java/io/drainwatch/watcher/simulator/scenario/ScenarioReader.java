package io.drainwatch.watcher.simulator.scenario;

import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Order;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a scenario file whole, and what only shows when it is seen as a whole. */
final class ScenarioReader {

  private final List<Problem> problems = new ArrayList<>();
  private final List<SimulatedVm> vms = new ArrayList<>();
  private final List<Scenario.Step> steps = new ArrayList<>();
  private final Map<String, Duration> named = new HashMap<>();

  private ScenarioReader() {}

  static Scenario read(String called, String text) {
    return new ScenarioReader().readAll(called, text);
  }

  private Scenario readAll(String called, String text) {
    Located tree = Located.yaml(text, problems);
    if (!problems.isEmpty() && !(tree instanceof Located.Mapping)) {
      throw new InvalidScenario(called, problems);
    }
    Fields fields = new Fields("", tree, problems);
    String name = fields.name("name").orElse(called);
    String description = fields.text("description").orElse("");
    fields.groups("vms").forEach(this::readVm);
    List<Fields> given = fields.groups("steps");
    if (given.isEmpty()) {
      fields.problem("steps", "are missing: nothing would happen");
    }
    List<Placed> placed = new ArrayList<>();
    for (Fields step : given) {
      StepReader.read(step).ifPresent(read -> placed.add(new Placed(step, read)));
    }
    placed.forEach(this::nameEvent);
    placed.forEach(this::check);
    fields.end();
    if (!problems.isEmpty()) {
      throw new InvalidScenario(called, problems);
    }
    placed.forEach(step -> steps.add(step.step()));
    return new Scenario(name, description, vms, steps);
  }

  private record Placed(Fields fields, Scenario.Step step) {}

  private void readVm(Fields fields) {
    Optional<SimulatedVm> read = VmReader.read(fields);
    if (read.isEmpty()) {
      return;
    }
    String name = read.get().name();
    if (vms.stream().anyMatch(vm -> vm.name().equalsIgnoreCase(name))) {
      fields.problem("name", "\"" + name + "\" is the name of another VM; case does not matter");
    } else {
      vms.add(read.get());
    }
  }

  private void nameEvent(Placed placed) {
    if (placed.step().order() instanceof Order.Schedule(EventPlan plan)) {
      for (Optional<String> handle : List.of(plan.name(), plan.id())) {
        if (handle.isPresent() && named.containsKey(handle.get())) {
          placed.fields().problem("event", "has the name or id of another: " + handle.get());
        }
        handle.ifPresent(key -> named.putIfAbsent(key, placed.step().after()));
      }
    }
  }

  private void check(Placed placed) {
    switch (placed.step().order()) {
      case Order.Schedule(EventPlan plan) -> checkResources(placed, plan);
      case Order.Cancel(String event) -> checkEvent(placed, "cancel", event);
      case Order.StartNow(String event) -> checkEvent(placed, "start", event);
      case Order.EndNow(String event) -> checkEvent(placed, "end", event);
      case Order.Acknowledge(String event, String by) -> checkEvent(placed, "acknowledge", event);
      case Order.SetFault ignored -> {}
      case Order.ClearFaults ignored -> {}
      case Order.JumpIncarnation ignored -> {}
      case Order.ResetIncarnation ignored -> {}
      case Order.WriteDates ignored -> {}
    }
  }

  private void checkResources(Placed placed, EventPlan plan) {
    if (vms.isEmpty()) {
      return;
    }
    for (String resource : plan.resources().orElse(List.of())) {
      if (vms.stream().noneMatch(vm -> vm.name().equalsIgnoreCase(resource))) {
        placed
            .fields()
            .problem(
                "event",
                "names \""
                    + resource
                    + "\", which is none of the VMs "
                    + vms.stream().map(SimulatedVm::name).toList());
      }
    }
  }

  private void checkEvent(Placed placed, String key, String event) {
    Optional<Duration> from = Optional.ofNullable(named.get(event));
    if (from.isEmpty()) {
      placed.fields().problem(key, "\"" + event + "\" is the name of no event of this scenario");
    } else if (placed.step().after().compareTo(from.get()) < 0) {
      placed.fields().problem(key, "comes before \"" + event + "\" is scheduled");
    }
  }
}
