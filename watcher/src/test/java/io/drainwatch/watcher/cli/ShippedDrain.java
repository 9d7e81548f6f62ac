package io.drainwatch.watcher.cli;

import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.model.Call;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.watcher.Begun;
import io.drainwatch.watcher.DrainerApplication;
import io.drainwatch.watcher.DrainwatchApplication;
import io.drainwatch.watcher.chart.Shipped;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A maintenance from its announcement to the Node's return, by the product as the chart configures
 * it: its settings and variables, watcher and drainer (form controller) or watcher alone (form
 * agent), real sockets, a model of the cluster. The token of each is its name.
 */
final class ShippedDrain implements AutoCloseable {
  private static final String NODE = "n1";
  private static final String BOOT = "boot-1";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Shipped shipped;
  private final Path directory;
  private final ModelServer server;
  private final Simulator simulator;

  ShippedDrain(Shipped shipped, Path directory) throws Exception {
    this.shipped = shipped;
    this.directory = directory;
    InstantSource clock = InstantSource.system();
    ModelCluster cluster = new ModelCluster(clock.instant());
    cluster.addNode(NODE);
    cluster.addNode("n2");
    cluster.rebooted(NODE, BOOT);
    cluster.ready(NODE);
    cluster.replicaSet("shop", "web", 2, pod -> pod.stopsIn(Duration.ofMillis(200)), NODE);
    cluster.replicaSet("shop", "db", 1, pod -> pod.labelled("app", "db"), NODE);
    server = ModelServer.by(clock, cluster);
    simulator = Simulator.start(SimulatorSettings.forVm("vm-" + NODE));
  }

  /** A budget that lets nobody go: a Preempt is near enough for force. */
  ShippedDrain blocked() {
    server.with(
        it ->
            it.addBudget("shop", "db", ModelBudget.Spec.maxUnavailable(Map.of("app", "db"), "0")));
    return this;
  }

  /**
   * @param acts whether it cordons and drains in this mode
   * @param drainerIsLate it comes when the watcher has complained that nobody answers
   */
  Set<Call> whole(boolean isController, boolean acts, String type, boolean drainerIsLate)
      throws Exception {
    Optional<DrainerApplication> drainer = Optional.empty();
    try (DrainwatchApplication watcher = watcher()) {
      if (isController && !drainerIsLate) {
        drainer = Optional.of(drainer());
      }
      soon("a document", () -> watcher.daemon().watch().newest().isPresent());
      Duration notice = Duration.ofSeconds(type.equals("Preempt") ? 40 : 900);
      String event = simulator.schedule(EventPlan.ofType(type).notice(notice).build());
      if (drainerIsLate) {
        soon("the complaint", () -> server.count(Verb.POST_EVENT) > 0);
        drainer = Optional.of(drainer());
      }
      soon("the record", () -> annotation(NodeKeys.RECORD).isPresent());
      if (acts) {
        soon("the acknowledgement", this::isAcknowledged);
      } else {
        simulator.startNow(event);
      }
      soon("the start", () -> said("MaintenanceStarted"));
      simulator.endNow(event);
      // after a Preempt there is no way back
      soon("the return", () -> type.equals("Preempt") || isBack());
    } finally {
      drainer.ifPresent(DrainerApplication::close);
    }
    return server.calls();
  }

  private boolean isBack() {
    server.with(
        it -> {
          it.ready(NODE);
          return it;
        });
    return annotation(NodeKeys.RECORD).isEmpty() && !isCordoned();
  }

  private boolean said(String state) {
    return annotation(NodeKeys.STATE).filter(state::equals).isPresent();
  }

  private boolean isAcknowledged() {
    return simulator.requests().stream().anyMatch(each -> each.method().equals("POST"));
  }

  private Optional<String> annotation(String key) {
    return Optional.ofNullable(server.with(it -> it.node(NODE).annotations().get(key)));
  }

  private boolean isCordoned() {
    return server.with(it -> it.node(NODE).unschedulable());
  }

  private static void soon(String what, Callable<Boolean> holds) {
    await(what).atMost(LIMIT).until(holds);
  }

  private LoadedSettings settings(String part) throws Exception {
    Path file = Files.writeString(directory.resolve(part + ".yml"), shipped.configuration());
    Path kubeconfig = server.writeKubeconfig(directory.resolve(part + ".kubeconfig"));
    Files.writeString(
        kubeconfig, Files.readString(kubeconfig).replace("token: model", "token: " + part));
    Map<String, String> environment = new HashMap<>(shipped.environment(part, NODE));
    environment.put("DRAINWATCH_KUBERNETES_KUBECONFIG", kubeconfig.toString());
    environment.put("DRAINWATCH_STATE_DIR", directory.resolve(part).toString());
    environment.put("DRAINWATCH_METADATA_URL", simulator.baseUrl());
    environment.put("DRAINWATCH_METADATA_POLL_INTERVAL", "200ms");
    environment.put("DRAINWATCH_KUBERNETES_CORDON_SETTLE", "0s");
    environment.put("DRAINWATCH_KUBERNETES_RETURN_MIN_READY", "0s");
    environment.put("MICRONAUT_SERVER_PORT", "-1");
    return LoadedSettings.load(Optional.of(file), environment, new Properties());
  }

  private static DrainwatchSettings read(LoadedSettings loaded) {
    return switch (loaded.reading()) {
      case Reading.Read read -> read.settings();
      case Reading.Faults faults -> throw new AssertionError(faults.message());
    };
  }

  private DrainerApplication drainer() throws Exception {
    return LiveDrainer.started(settings("drainer"), InstantSource.system());
  }

  private DrainwatchApplication watcher() throws Exception {
    DrainwatchSettings settings = read(settings("watcher"));
    Surroundings here = Surroundings.ofThisMachine();
    Surroundings surroundings =
        new Surroundings(
            here.clock(), here.nanoseconds(), BOOT, here.environment(), here.slipStreamWork());
    return DrainwatchApplication.start(
        "1.2.3",
        ConfiguredDaemon.settings(settings),
        surroundings,
        new ServerSettings("127.0.0.1", 0),
        builder -> builder,
        ConfiguredNode.of(settings, surroundings),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Begun());
  }

  @Override
  public void close() {
    server.close();
    simulator.close();
  }
}
