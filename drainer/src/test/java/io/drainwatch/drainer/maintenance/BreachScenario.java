package io.drainwatch.drainer.maintenance;

import static io.drainwatch.drainer.maintenance.StepTaken.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;

/**
 * Steps of a real maintenance, to make one thing in them wrong: the invariants see each breach. A
 * check that cannot fail proves nothing, and what the daemon counts in production would stay 0.
 */
abstract class BreachScenario extends Scenario {
  static final Machine OTHER = new Machine("vm9", Optional.of("id-9"), "boot-1", true);
  static final Consumer<ObjectNode> CANCELLED = each -> each.put("cancelled", true);

  final List<StepTaken> steps = new ArrayList<>();

  @BeforeEach
  void aWholeMaintenance() {
    scriptInEveryHook();
    vm.script(Hook.RUNNING, "10-a", call -> VirtualVm.exits("1S", call == 1 ? 1 : 0));
    vm.onlooker =
        (before, observation, step, now) ->
            steps.add(new StepTaken(before, observation, step, vm.settings, now));
    vm.acknowledgementFails = true;
    platform(Events.reboot("A"));
    vm.start().run("20S");
    vm.acknowledgementFails = false;
    vm.run("1M");
    platform(Events.reboot("A").started());
    vm.run("10S");
    platform();
    vm.run("5M");
    assertThat(vm.summaries).hasSize(1);
  }

  final StepTaken first(Predicate<Action> what) {
    return steps.stream().filter(each -> each.does(what)).findFirst().orElseThrow();
  }

  final StepTaken first(Class<? extends Action> action) {
    return first(action::isInstance);
  }

  final StepTaken call(Hook hook) {
    return first(each -> each instanceof Action.RunScript run && run.hook() == hook);
  }

  /** Nothing comes of it: the document is what it was. */
  final StepTaken quiet(MaintenanceState state) {
    return steps.stream()
        .filter(each -> each.observation() instanceof Observation.DocumentRead)
        .filter(each -> each.step().actions().isEmpty())
        .filter(each -> each.before().episode().map(Episode::state).equals(Optional.of(state)))
        .filter(each -> each.before().episode().equals(each.step().watch().episode()))
        .findFirst()
        .orElseThrow();
  }

  static Document document(Instant at, ScheduledEvent... events) {
    return new Document(OptionalLong.empty(), List.of(events), at);
  }

  static Consumer<ObjectNode> ofTheEvent(String field, String value) {
    return each -> ((ObjectNode) event(each).get("event")).put(field, value);
  }

  static Consumer<ObjectNode> ofTheRule(String field, String value) {
    return each -> ((ObjectNode) event(each).get("rule")).put(field, value);
  }

  static void isSeen(String invariant, StepTaken wrong) {
    assertThat(wrong.broken()).as("%s", wrong.observation()).contains(invariant);
  }

  static void isNotSeen(String invariant, StepTaken right) {
    assertThat(right.broken()).doesNotContain(invariant);
  }
}
