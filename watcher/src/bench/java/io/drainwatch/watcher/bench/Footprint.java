package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.promises.PromisedFigure;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a daemon takes of its machine: memory, time until it watches, CPU, time until the first
 * hook. For {@code run} on a VM, {@code run} on Kubernetes, {@code drainer}, and other tools.
 */
final class Footprint {
  private static final String VM = "run, VM";
  private static final String NODE = "run, Kubernetes";

  private final Figures figures = new Figures();
  private final Duration idle;
  private final int polls;
  private final int nodes;

  private Footprint(Duration idle, int polls, int nodes) {
    this.idle = idle;
    this.polls = polls;
    this.nodes = nodes;
  }

  /**
   * @param runs of each
   * @param idle how long nothing happens before memory is looked at
   * @param polls CPU is measured over so many, and memory after so many documents
   * @param nodes of the cluster that the drainer looks after
   */
  static List<String> measure(int runs, Duration idle, int polls, int nodes) throws Exception {
    Footprint footprint = new Footprint(idle, polls, nodes);
    for (int i = 0; i < runs; i++) {
      footprint.onVm();
      if (polls > 0) {
        footprint.polling();
      }
      footprint.onNode();
      if (polls > 0) {
        footprint.pollingOnNode();
      }
      footprint.drainer();
      for (Program peer : Program.peers()) {
        footprint.peer(peer);
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s; load %s"
            .formatted(
                Program.launcher(), Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]));
    long size = Program.bytesOfDistribution();
    if (size > 0) {
      footprint.figures.add("distribution", "size, unpacked (MiB)", size / 1048576.0);
    }
    Optional<Path> archive = Program.archive();
    if (archive.isPresent()) {
      footprint.figures.add(
          "distribution", "size, compressed (MiB)", Files.size(archive.get()) / 1048576.0);
    }
    lines.addAll(footprint.figures.table());
    PromisedFigure memory = PromisedFigure.named("F10");
    lines.add(memory.measures("watcher on a VM", footprint.figures.worst(VM, "resident")));
    lines.add(memory.measures("watcher on a Node", footprint.figures.worst(NODE, "resident")));
    lines.add(
        memory.measures(
            "drainer", footprint.figures.worst("drainer, " + nodes + " Nodes", "resident")));
    return lines;
  }

  private void onVm() throws Exception {
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0"))) {
      Path stamp = workplace.path().resolve("stamp");
      Path back = workplace.path().resolve("back");
      workplace.script(
          Hook.SCHEDULED,
          "10-stamp",
          "date +%s%N > " + stamp + ".new; mv " + stamp + ".new " + stamp);
      workplace.script(Hook.UNCORDON, "10-back", ": > " + back);
      try (DaemonProcess daemon =
          Program.drainwatch(workplace, "run", settings(simulator, workplace, "1s"))) {
        firstPoll(VM, daemon, simulator);
        settle();
        memory(VM, "idle", daemon);
        Instant published = Instant.now();
        String id =
            simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
        Waiting.until("the first hook", () -> Files.exists(stamp));
        figures.add(
            VM,
            "document published to first hook (ms)",
            Duration.between(published, LatencyToFirstHook.read(stamp)).toMillis());
        simulator.endNow(id);
        Waiting.until("the return", () -> Files.exists(back));
        settle();
        memory(VM, "after a drain", daemon);
      }
    }
  }

  private void polling() throws Exception {
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0").withLimit(100));
        DaemonProcess daemon =
            Program.drainwatch(workplace, "run", settings(simulator, workplace, "200ms"))) {
      polls(VM, simulator, daemon);
    }
  }

  private void pollingOnNode() throws Exception {
    try (Workplace workplace = Workplace.create();
        ApiServer server = new ModelApiServer();
        Simulator simulator =
            Simulator.start(SimulatorSettings.forVm(server.node()).withLimit(100));
        DaemonProcess daemon =
            Program.drainwatch(
                workplace,
                "run",
                settings(simulator, workplace, "200ms") + ofTheNode(server, workplace))) {
      polls(NODE, simulator, daemon);
    }
  }

  private void polls(String name, Simulator simulator, DaemonProcess daemon) throws Exception {
    awaitPolls(simulator, 1);
    settle();
    int before = simulator.requests().size();
    Duration cpu = daemon.cpu();
    awaitPolls(simulator, before + polls);
    Duration spent = daemon.cpu().minus(cpu);
    int asked = simulator.requests().size() - before;
    figures.add(name, "CPU per 1,000 polls (s)", spent.toMillis() / (double) asked);
    memory(name, "after " + polls + " documents", daemon);
  }

  private static String ofTheNode(ApiServer server, Workplace workplace) throws IOException {
    return "drainwatch.kubernetes: {form: agent, node-name: %s, pod-name: watcher, namespace: %s, kubeconfig: %s, cordon: {settle: 0s}, return: {min-ready: 0s}}%n"
        .formatted(server.node(), server.namespace(), server.kubeconfig(workplace.path()));
  }

  private static void awaitPolls(Simulator simulator, int count) throws InterruptedException {
    while (simulator.requests().size() < count) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void onNode() throws Exception {
    String name = NODE;
    try (Workplace workplace = Workplace.create();
        ApiServer server = new ModelApiServer();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm(server.node()));
        DaemonProcess daemon =
            Program.drainwatch(
                workplace,
                "run",
                settings(simulator, workplace, "1s") + ofTheNode(server, workplace))) {
      firstPoll(name, daemon, simulator);
      settle();
      memory(name, "idle", daemon);
      server.pods(3);
      Instant published = Instant.now();
      String id =
          simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
      Waiting.until("the cordon", () -> server.cordonedSince(published).isPresent());
      figures.add(
          name,
          "document published to cordon (ms)",
          Duration.between(published, server.cordonedSince(published).orElseThrow()).toMillis());
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
      settle();
      memory(name, "after a drain", daemon);
    }
  }

  private void drainer() throws Exception {
    String name = "drainer, " + nodes + " Nodes";
    try (Workplace workplace = Workplace.create();
        ModelApiServer server = new ModelApiServer(nodes);
        DaemonProcess daemon =
            Program.drainwatch(
                workplace,
                "drainer",
                "drainwatch:%n  kubernetes: {form: controller, pod-name: drainer, namespace: %s, kubeconfig: %s}%nmicronaut: {server: {port: -1}}%n"
                    .formatted(server.namespace(), server.kubeconfig(workplace.path())))) {
      Waiting.until("the Lease", server::isLed);
      figures.add(
          name,
          "start to Lease (ms)",
          Duration.ofNanos(System.nanoTime() - daemon.begunAt()).toMillis());
      settle();
      memory(name, "idle", daemon);
    }
  }

  private void peer(Program peer) throws Exception {
    try (Workplace workplace = Workplace.create();
        ModelApiServer server = new ModelApiServer();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm(server.node()));
        DaemonProcess daemon =
            peer.start(
                workplace, simulator.baseUrl(), server.kubeconfig(workplace.path()).toString())) {
      firstPoll(peer.name(), daemon, simulator);
      settle();
      memory(peer.name(), "idle", daemon);
    }
  }

  private static String settings(Simulator simulator, Workplace workplace, String pollInterval) {
    return """
        drainwatch.metadata: {url: "%s", poll-interval: %s}
        drainwatch.state-dir: %s
        drainwatch.hooks.directories: [%s]
        micronaut.server.port: -1
        """
        .formatted(
            simulator.baseUrl(),
            pollInterval,
            workplace.path().resolve("state"),
            workplace.hooks());
  }

  private void settle() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(idle.toMillis());
  }

  private void firstPoll(String name, DaemonProcess daemon, Simulator simulator)
      throws InterruptedException {
    while (simulator.requests().stream().noneMatch(Footprint::asksForEvents)) {
      if (!daemon.process().isAlive()) {
        throw new IllegalStateException(name + " ended before it asked for events");
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    figures.add(
        name,
        "start to first poll (ms)",
        Duration.ofNanos(System.nanoTime() - daemon.begunAt()).toMillis());
  }

  private static boolean asksForEvents(RecordedRequest request) {
    return request.path().contains("scheduledevents");
  }

  private void memory(String name, String when, DaemonProcess daemon) throws IOException {
    figures.add(name, "resident, " + when + " (MiB)", daemon.rollup("Rss:") / 1024.0);
    figures.add(name, "anonymous, " + when + " (MiB)", daemon.rollup("Anonymous:") / 1024.0);
  }
}
