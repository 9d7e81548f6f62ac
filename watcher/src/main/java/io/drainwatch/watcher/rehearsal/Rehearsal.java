package io.drainwatch.watcher.rehearsal;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.PolicyRule;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.events.MetadataSettings;
import io.drainwatch.watcher.record.History;
import io.drainwatch.watcher.record.StateDirectoryException;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plays a scenario on the simulator and lets a real daemon live through it.
 *
 * <p>Everything is the real thing: requests over a socket, hooks as processes, the journal on the
 * disk. Only two settings differ from the defaults, so that there is something to see in half a
 * minute: a Freeze is drained for (by default it is only observed), and a script that is not
 * finished is called again after 1 s instead of 5.
 */
public final class Rehearsal {
  private static final String VM = "rehearsal-vm_0";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration RECALL = Duration.ofSeconds(1);

  private final Scenario scenario;
  private final RehearsedScripts scripts;
  private final Timeline timeline;
  private final Surroundings surroundings;
  private final Optional<NodeSide> node;
  private final Stage stage;

  public Rehearsal(
      Scenario scenario, RehearsedScripts scripts, Timeline timeline, Surroundings surroundings) {
    this(scenario, scripts, timeline, surroundings, Optional.empty(), Stage.BARE);
  }

  /**
   * @param surroundings with the boot id of the Node, where there is one
   * @param node is really drained and given back
   * @param stage what the daemon runs in
   */
  public Rehearsal(
      Scenario scenario,
      RehearsedScripts scripts,
      Timeline timeline,
      Surroundings surroundings,
      Optional<NodeSide> node,
      Stage stage) {
    this.scenario = scenario;
    this.scripts = scripts;
    this.timeline = timeline;
    this.surroundings = surroundings;
    this.node = node;
    this.stage = stage;
  }

  /** Blocks until the machine is back, or the rehearsal has taken far too long. */
  public Verdict run() throws IOException, InterruptedException, StateDirectoryException {
    try (ScratchDirectory scratch = ScratchDirectory.create(surroundings.environment());
        Simulator simulator =
            Simulator.start(SimulatorSettings.forScenario(scenario, spotThatComesBack()))) {
      DaemonSettings settings = settings(simulator, scratch);
      timeline.begin(
          "Rehearsal: "
              + scenario.name()
              + ", "
              + scenario.description()
              + ". Metadata service: "
              + simulator.baseUrl()
              + " (simulated). Hooks: "
              + scripts.names());
      Recorder recorder = new Recorder(timeline, surroundings.clock());
      simulator.onChange(recorder::platform);
      try (SampleJobs jobs = SampleJobs.in(settings.stateDirectory().resolve("work/jobs"));
          Stage.Raised daemon =
              stage.raise(settings, within(scratch), node, List.of(recorder, jobs))) {
        simulator.play(scenario);
        recorder.awaitEnd(scenario.length().plus(PATIENCE));
        Verdict verdict = recorder.verdict();
        timeline.end(verdict);
        stage.afterwards();
        return verdict;
      }
    }
  }

  /** A Spot VM whose eviction deallocates it: the one kind that any event leaves able to return. */
  private static SimulatedVm spotThatComesBack() {
    return SimulatedVm.named(VM).with("priority", "Spot").with("evictionPolicy", "Deallocate");
  }

  private Surroundings within(ScratchDirectory scratch) {
    return new Surroundings(
        surroundings.clock(),
        surroundings.nanoseconds(),
        surroundings.bootId(),
        surroundings.environment(),
        scratch.path().resolve("slipstream-work"));
  }

  private DaemonSettings settings(Simulator simulator, ScratchDirectory scratch)
      throws IOException {
    List<Path> directories =
        switch (scripts.hooks()) {
          case RehearsedScripts.NativeHooks.Own(List<Path> own) -> own;
          case RehearsedScripts.NativeHooks.Samples(Path samples) ->
              List.of(scratch.copyOf(samples, "hooks.d"));
          case RehearsedScripts.NativeHooks.None() -> List.of();
        };
    MetadataSettings defaults = MetadataSettings.defaults();
    MetadataSettings metadata =
        new MetadataSettings(
            URI.create(simulator.baseUrl()),
            defaults.versions(),
            defaults.instanceVersion(),
            defaults.pollInterval(),
            defaults.connectLimit(),
            defaults.exchangeLimit(),
            defaults.firstAnswerLimit());
    return new DaemonSettings(
        metadata,
        LifecycleSettings.defaults()
            .withPolicy(new Policy(List.of(drainForAFreeze())))
            .withHooks(new HookSettings(Map.of(), Map.of(), RECALL)),
        scratch.path().resolve("state"),
        Optional.empty(),
        directories,
        ScriptNames.ANY,
        ScriptEnvironment.DEFAULT_DROP,
        Optional.empty(),
        Set.of(),
        ContextSettings.defaults(),
        false,
        false,
        bosh(scratch),
        slipstream(scratch),
        History.DEFAULT_ENTRIES);
  }

  private BoshSettings bosh(ScratchDirectory scratch) throws IOException {
    if (scripts.bosh().isEmpty()) {
      return BoshSettings.off();
    }
    // the jobs alone: beside them lie packages and the data of a whole VM
    scratch.copyOf(scripts.bosh().get().resolve("jobs"), "bosh/jobs");
    return BoshSettings.over(scratch.path().resolve("bosh"));
  }

  private SlipStreamSettings slipstream(ScratchDirectory scratch) throws IOException {
    if (scripts.slipstream().isEmpty()) {
      return SlipStreamSettings.off();
    }
    SlipStreamSettings defaults = SlipStreamSettings.defaults();
    return new SlipStreamSettings(
        true,
        scratch.copyOf(scripts.slipstream().get(), "slipstream"),
        defaults.names(),
        defaults.actions(),
        defaults.exitCode(),
        defaults.drainVariables());
  }

  private static PolicyRule drainForAFreeze() {
    return new PolicyRule(
        "rehearsal",
        List.of("Freeze"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(PolicyAction.DRAIN),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
