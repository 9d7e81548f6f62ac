package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * After a restart the daemon learns twice who it is: from the record of this very boot, so that the
 * drain goes on at once, and later from the metadata service.
 */
class ToldAgainTest {
  private static final Machine BY_RECORD = new Machine("vm1", Optional.of("id-1"), "boot-1", true);
  private static final Machine BY_SERVICE =
      new Machine("vm1", Optional.of("id-1"), "boot-1", false);

  private final Lifecycle lifecycle = new Lifecycle(LifecycleSettings.defaults());
  private final List<Action> actions = new ArrayList<>();
  private Watch watch = Watch.idle();

  @Test
  void startsNoScriptASecondTimeWhileItRuns() {
    drainUntilAScriptRuns();
    watch = Watch.resumedFrom(watch.episode());

    observe(new Observation.DaemonStarted(BY_RECORD));
    observe(document());
    assertThat(runs()).as("what had no result is called again").hasSize(1);
    observe(new Observation.DaemonStarted(BY_SERVICE));

    assertThat(runs()).isEmpty();
    assertThat(watch.episode().orElseThrow().machine()).isEqualTo(BY_SERVICE);
  }

  @Test
  void stillSetsAnotherMachinesRecordAside() {
    drainUntilAScriptRuns();

    observe(
        new Observation.DaemonStarted(new Machine("vm1", Optional.of("another"), "boot-1", true)));

    assertThat(actions).anyMatch(Action.SetAside.class::isInstance);
    assertThat(watch.episode()).isEmpty();
  }

  private void drainUntilAScriptRuns() {
    observe(new Observation.DaemonStarted(BY_RECORD));
    observe(document());
    observe(new Observation.HookListed(Hook.SCHEDULED, List.of()));
    observe(new Observation.CordonDone(true));
    observe(new Observation.HookListed(Hook.CORDON, List.of(List.of(PlannedScript.runs("10-a")))));
    assertThat(runs()).hasSize(1);
  }

  private static Observation document() {
    return new Observation.DocumentRead(
        new Document(OptionalLong.of(1), List.of(Events.reboot("E1").event()), VirtualVm.START));
  }

  private void observe(Observation observation) {
    Transition transition = lifecycle.next(watch, observation, VirtualVm.START);
    watch = transition.watch();
    actions.clear();
    actions.addAll(transition.actions());
  }

  private List<Action> runs() {
    return actions.stream().filter(Action.RunScript.class::isInstance).toList();
  }
}
