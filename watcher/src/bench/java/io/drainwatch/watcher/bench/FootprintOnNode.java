package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** {@code run} on Kubernetes, form agent, and {@code drainer} with a {@code run} that tells it. */
record FootprintOnNode(Yardstick yardstick) {
  static final String RUN = "run, Kubernetes";

  void run() throws Exception {
    try (Workplace workplace = Workplace.create();
        ModelApiServer server = new ModelApiServer();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm(server.node()))) {
      Path stamp = FootprintOnVm.stamped(workplace);
      try (DaemonProcess daemon = run("agent", "1s", server, simulator, workplace)) {
        yardstick.firstPoll(RUN, daemon, simulator);
        yardstick.rest(RUN, "idle", daemon);
        Instant published = drain(RUN, server, simulator);
        yardstick.since(
            RUN, "document published to first hook", published, LatencyToFirstHook.read(stamp));
        yardstick.rest(RUN, "after a drain", daemon);
      }
    }
  }

  void polls(int polls) throws Exception {
    if (polls == 0) {
      return;
    }
    try (Workplace workplace = Workplace.create();
        ModelApiServer server = new ModelApiServer();
        Simulator simulator =
            Simulator.start(SimulatorSettings.forVm(server.node()).withLimit(100));
        DaemonProcess daemon = run("agent", "200ms", server, simulator, workplace)) {
      yardstick.polls(RUN, polls, simulator, daemon);
    }
  }

  /**
   * The drainer asks no metadata service; of its time what counts is from the document that a
   * Node's daemon reads to the cordon.
   */
  void drainer(int nodes) throws Exception {
    String name = "drainer, " + nodes + " Nodes";
    try (Workplace workplace = Workplace.create();
        ModelApiServer server = new ModelApiServer(nodes);
        Simulator simulator = Simulator.start(SimulatorSettings.forVm(server.node()));
        DaemonProcess daemon =
            Program.drainwatch(
                Program.onKubernetes(),
                workplace,
                "drainer",
                ofTheNode("controller", server, workplace) + "micronaut.server.port: -1\n")) {
      Waiting.until("the Lease", server::isLed);
      yardstick.started(name, "Lease", daemon);
      Duration cpu = daemon.cpu();
      long begun = System.nanoTime();
      yardstick.rest(name, "idle", daemon);
      yardstick
          .figures()
          .add(
              name,
              "CPU per minute after its start (ms)",
              daemon.cpu().minus(cpu).toMillis() * 60e9 / (System.nanoTime() - begun));
      try (DaemonProcess watcher = run("controller", "1s", server, simulator, workplace)) {
        yardstick.firstPoll("run, form controller", watcher, simulator);
        drain(name, server, simulator);
      }
      yardstick.rest(name, "after a drain", daemon);
    }
  }

  /** A whole maintenance; returns when it was published. */
  private Instant drain(String name, ModelApiServer server, Simulator simulator) throws Exception {
    server.pods(3);
    Instant published = Instant.now();
    String id =
        simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
    Waiting.until("the cordon", () -> server.cordonedSince(published).isPresent());
    yardstick.since(
        name,
        "document published to cordon",
        published,
        server.cordonedSince(published).orElseThrow());
    Waiting.until("the last pod's end", server::isEmpty);
    Waiting.until(
        "the acknowledgement",
        () ->
            simulator.requests().stream()
                .anyMatch(request -> request.acknowledgedIds().contains(id)));
    simulator.endNow(id);
    TimeUnit.SECONDS.sleep(4); // it is missing from two documents by then
    server.ready();
    Waiting.until("the return", () -> !server.isCordoned() && !server.hasRecord());
    return published;
  }

  private static DaemonProcess run(
      String form, String interval, ModelApiServer server, Simulator simulator, Workplace workplace)
      throws IOException {
    return Program.drainwatch(
        Program.onKubernetes(),
        workplace,
        "run",
        FootprintOnVm.settings(simulator, workplace, interval)
            + ofTheNode(form, server, workplace));
  }

  private static String ofTheNode(String form, ModelApiServer server, Workplace workplace)
      throws IOException {
    return "drainwatch.kubernetes: {form: %s, node-name: %s, pod-name: pod, namespace: %s, kubeconfig: %s, cordon: {settle: 0s}, return: {min-ready: 0s}}%n"
        .formatted(form, server.node(), server.namespace(), server.kubeconfig(workplace.path()));
  }
}
