package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.slipstream.ScalingExitCode;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.events.MetadataSettings;
import io.drainwatch.watcher.record.History;
import io.drainwatch.watcher.record.StateDirectoryException;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Impact;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A VM: hooks, a state directory, a simulated metadata service and a real daemon that can be
 * stopped and started again. Polls every 50 ms, calls a script again after 1 s; all other settings
 * are the defaults unless a test changes them. {@link #close} checks that no invariant was broken.
 */
final class TestVm implements AutoCloseable {
  static final String NAME = "vm-1";
  static final Duration POLL = Duration.ofMillis(50);

  private final ScriptFixtures scripts;
  private final Path state;
  private final Optional<Simulator> simulator;
  private final URI service;
  private final Seen seen = new Seen();
  private final SteppedClock clock = new SteppedClock();
  private final List<Witness> witnesses = new ArrayList<>(List.of(seen));
  private final Map<String, String> environment =
      new HashMap<>(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
  private LifecycleSettings lifecycle =
      LifecycleSettings.defaults()
          .withHooks(new HookSettings(Map.of(), Map.of(), Duration.ofSeconds(1)));
  private ContextSettings context = ContextSettings.defaults();
  private ScriptNames names = ScriptNames.ANY;
  private Set<Hook> parallel = Set.of();
  private boolean logFiles;
  private boolean traceParent;
  private UnaryOperator<BoshSettings> bosh = UnaryOperator.identity();
  private SlipStreamSettings slipstream = SlipStreamSettings.off();
  private Duration poll = POLL;
  private Duration patience = Duration.ofSeconds(20);
  private int boots = 1;
  private Optional<NodeSide> node = Optional.empty();
  private Optional<Daemon> daemon = Optional.empty();

  private TestVm(Path directory, Optional<Simulator> simulator, URI service) {
    this.scripts = ScriptFixtures.in(directory);
    this.state = scripts.root().resolve("state");
    this.simulator = simulator;
    this.service = service;
  }

  static TestVm in(Path directory) {
    return in(directory, SimulatedVm.named(NAME));
  }

  /** The first VM is the one that the daemon runs on. */
  static TestVm in(Path directory, SimulatedVm... vms) {
    try {
      Simulator simulator = Simulator.start(SimulatorSettings.forVms(vms));
      return new TestVm(directory, Optional.of(simulator), URI.create(simulator.baseUrl()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a metadata service of the test's own. */
  static TestVm at(URI service, Path directory) {
    return new TestVm(directory, Optional.empty(), service);
  }

  TestVm hook(Hook hook, String name, String body) {
    scripts.hook(hook, name, body);
    return this;
  }

  /** A script of a job; BOSH mode is on from now on. */
  TestVm job(String job, String script, String body) {
    scripts.file(boshBase().resolve("jobs/" + job + "/bin"), script, "#!/bin/sh\n" + body + "\n");
    return bosh(on -> on);
  }

  TestVm bosh(UnaryOperator<BoshSettings> change) {
    bosh = off -> change.apply(BoshSettings.over(boshBase()));
    return this;
  }

  Path boshBase() {
    return scripts.root().resolve("vcap");
  }

  /** A hook of SlipStream's, which is on from now on. */
  TestVm slipstream(String path, String body) {
    Path file = scripts.root().resolve("slipstream").resolve(path);
    scripts.file(
        Objects.requireNonNull(file.getParent()),
        String.valueOf(file.getFileName()),
        "#!/bin/sh\n" + body + "\n");
    return slipstream(ScalingExitCode.STRICT);
  }

  TestVm slipstream(ScalingExitCode exitCode) {
    SlipStreamSettings defaults = SlipStreamSettings.defaults();
    slipstream =
        new SlipStreamSettings(
            true,
            scripts.root().resolve("slipstream"),
            defaults.names(),
            defaults.actions(),
            exitCode,
            true);
    return this;
  }

  TestVm lifecycle(UnaryOperator<LifecycleSettings> change) {
    lifecycle = change.apply(lifecycle);
    return this;
  }

  TestVm context(ContextSettings other) {
    context = other;
    return this;
  }

  TestVm names(ScriptNames other) {
    names = other;
    return this;
  }

  /** What scripts print is appended to files below {@link #logs}. */
  TestVm logFiles() {
    logFiles = true;
    return this;
  }

  /** Scripts are told under which span they run. */
  TestVm traceParent() {
    traceParent = true;
    return this;
  }

  Path logs() {
    return scripts.root().resolve("log");
  }

  TestVm parallel(Hook hook) {
    parallel = Set.of(hook);
    return this;
  }

  TestVm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  TestVm pollEvery(Duration interval) {
    poll = interval;
    return this;
  }

  /** How long an answer of the metadata service is waited for. */
  TestVm patience(Duration limit) {
    patience = limit;
    return this;
  }

  TestVm witness(Witness witness) {
    witnesses.add(witness);
    return this;
  }

  /** The VM is a Node of a cluster. */
  TestVm node(NodeSide side) {
    node = Optional.of(side);
    return this;
  }

  TestVm start() {
    try {
      daemon =
          Optional.of(
              Daemon.start(settings(), surroundings(), node, witnesses, scripts.safetyCheck()));
      return this;
    } catch (StateDirectoryException e) {
      throw new AssertionError("the daemon does not start", e);
    }
  }

  DaemonSettings settings() {
    MetadataSettings defaults = MetadataSettings.defaults();
    return new DaemonSettings(
        new MetadataSettings(
            service,
            defaults.versions(),
            defaults.instanceVersion(),
            poll,
            patience,
            patience,
            patience),
        lifecycle,
        state,
        Optional.empty(),
        List.of(scripts.operator(), scripts.vendor()),
        names,
        ScriptEnvironment.DEFAULT_DROP,
        logFiles ? Optional.of(logs()) : Optional.empty(),
        parallel,
        context,
        false,
        traceParent,
        bosh.apply(BoshSettings.off()),
        slipstream,
        History.DEFAULT_ENTRIES);
  }

  Surroundings surroundings() {
    return new Surroundings(
        clock,
        clock::nanoseconds,
        "boot-" + boots,
        environment,
        state.resolveSibling("slipstream-work"));
  }

  void stop() {
    daemon.ifPresent(Daemon::close);
    daemon = Optional.empty();
  }

  /** The daemon alone is stopped and started. */
  void restart() {
    stop();
    start();
  }

  /** What the daemon sees of a restart of the machine. */
  void reboot() {
    stop();
    boots++;
    start();
  }

  Daemon daemon() {
    return daemon.orElseThrow();
  }

  Simulator simulator() {
    return simulator.orElseThrow();
  }

  Seen seen() {
    return seen;
  }

  SteppedClock clock() {
    return clock;
  }

  ScriptFixtures scripts() {
    return scripts;
  }

  Path state() {
    return state;
  }

  Path work() {
    return state.resolve("work");
  }

  /** A file in the scripts' working directory, which they may wait for. */
  void put(String name) {
    try {
      Files.writeString(work().resolve(name), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event of this type for this VM, with half an hour's notice, that the VM survives. */
  static EventPlan.Builder event(String type) {
    return EventPlan.ofType(type)
        .on(NAME)
        .notice(Duration.ofMinutes(30))
        .startedFor(Duration.ofMinutes(30))
        .impact(new Impact.Stays());
  }

  /** Publishes it; gives its id. */
  String publish(EventPlan.Builder event) {
    return simulator().schedule(event.build());
  }

  String publish(String type) {
    return publish(event(type));
  }

  /** Waits for the start of the event, ends it and waits until the VM is back in service. */
  void endOnceStarted(String event) {
    seen.await("state MaintenanceStarted");
    simulator().endNow(event);
    seen.await("over");
  }

  /** Every acknowledgement that reached the metadata service, by id. */
  List<String> posts() {
    return simulator().requests().stream()
        .filter(request -> request.method().equals("POST"))
        .map(RecordedRequest::acknowledgedIds)
        .flatMap(List::stream)
        .toList();
  }

  List<String> journal() {
    try {
      return Files.readAllLines(state.resolve("journal.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    simulator.ifPresent(Simulator::close);
    assertThat(seen.violations()).isEmpty();
  }
}
