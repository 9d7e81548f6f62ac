package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.promises.PromisedFigure;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
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
  /** Another tool may never acknowledge. */
  private static final Duration ITS_TIME = Duration.ofSeconds(40);

  private final Yardstick yardstick;

  private Footprint(Yardstick yardstick) {
    this.yardstick = yardstick;
  }

  /**
   * @param runs of each
   * @param idle how long nothing happens before memory is looked at
   * @param polls CPU is measured over so many, and memory after so many documents
   * @param nodes of the cluster that the drainer looks after
   */
  static List<String> measure(int runs, Duration idle, int polls, int nodes) throws Exception {
    Figures figures = new Figures();
    Yardstick yardstick = new Yardstick(figures, idle);
    FootprintOnVm vm = new FootprintOnVm(yardstick);
    FootprintOnNode node = new FootprintOnNode(yardstick);
    List<String> commands =
        List.of(System.getProperty("bench.commands", "vm,node,drainer,peers").split(",", -1));
    for (int i = 0; i < runs; i++) {
      if (commands.contains("vm")) {
        vm.measure();
        vm.polls(polls);
      }
      if (commands.contains("node")) {
        node.run();
        node.polls(polls);
      }
      if (commands.contains("drainer")) {
        node.drainer(nodes);
      }
      if (commands.contains("peers")) {
        for (Program peer : Program.peers()) {
          new Footprint(yardstick).peer(peer, polls);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s; on Kubernetes %s; load %s"
            .formatted(
                Program.launcher(),
                Program.onKubernetes(),
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]));
    long size = Program.bytesOfDistribution();
    if (size > 0) {
      figures.add("distribution", "size, unpacked (MiB)", size / 1048576.0);
    }
    Optional<Path> archive = Program.archive();
    if (archive.isPresent()) {
      figures.add("distribution", "size, compressed (MiB)", Files.size(archive.get()) / 1048576.0);
    }
    lines.addAll(figures.table());
    PromisedFigure memory = PromisedFigure.named("F10");
    if (commands.contains("vm")) {
      lines.add(memory.measures("watcher on a VM", figures.worst(FootprintOnVm.NAME, "resident")));
    }
    if (commands.contains("node")) {
      lines.add(
          memory.measures("watcher on a Node", figures.worst(FootprintOnNode.RUN, "resident")));
    }
    if (commands.contains("drainer")) {
      lines.add(
          memory.measures("drainer", figures.worst("drainer, " + nodes + " Nodes", "resident")));
    }
    return lines;
  }

  /** Its own pace of polling; what it does about an event is its own affair too. */
  private void peer(Program peer, int polls) throws Exception {
    try (Workplace workplace = Workplace.create();
        ModelApiServer server = new ModelApiServer();
        Simulator simulator =
            Simulator.start(SimulatorSettings.forVm(server.node()).withLimit(100));
        DaemonProcess daemon =
            peer.start(
                workplace, simulator.baseUrl(), server.kubeconfig(workplace.path()).toString())) {
      yardstick.firstPoll(peer.name(), daemon, simulator);
      yardstick.rest(peer.name(), "idle", daemon);
      if (polls > 0) {
        yardstick.pace(peer.name(), simulator, daemon);
      }
      Instant published = Instant.now();
      String id =
          simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
      acknowledged(simulator, id)
          .ifPresent(
              at ->
                  yardstick.since(
                      peer.name(), "document published to acknowledgement", published, at));
      simulator.endNow(id);
      yardstick.rest(peer.name(), "after a drain", daemon);
    }
  }

  private static Optional<Instant> acknowledged(Simulator simulator, String id)
      throws InterruptedException {
    long end = System.nanoTime() + ITS_TIME.toNanos();
    while (System.nanoTime() - end < 0) {
      Optional<Instant> at =
          simulator.requests().stream()
              .filter(request -> request.acknowledgedIds().contains(id))
              .map(request -> request.at())
              .findFirst();
      if (at.isPresent()) {
        return at;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return Optional.empty();
  }
}
