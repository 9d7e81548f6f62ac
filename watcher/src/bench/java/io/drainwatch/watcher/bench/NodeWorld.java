package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One VM that is a Node: its metadata service, the project's own model of an API server behind a
 * socket, and the processes of a form, as the launcher starts them.
 */
final class NodeWorld implements AutoCloseable {
  static final String NODE = "vm-0";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(1);

  final Workplace workplace = Workplace.create();
  final Simulator simulator = Simulator.start(SimulatorSettings.forVm(NODE));
  final ModelServer server;
  private final List<DaemonProcess> processes = new ArrayList<>();
  private int workloads;

  NodeWorld() throws IOException {
    InstantSource clock = InstantSource.system();
    server = ModelServer.by(clock, new ModelCluster(clock.instant()));
    // as the kubelet of this machine would say it, which the daemons compare with their own look
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    server.with(
        each -> {
          each.addNode(NODE);
          each.addNode("node-2");
          each.rebooted(NODE, boot);
          return each;
        });
  }

  /** Form agent: the daemon drains its own Node. */
  NodeWorld agent() throws Exception {
    processes.add(DaemonProcess.start(simulator, workplace, settings("agent", "watcher")));
    return settled();
  }

  /** Form controller: the daemon tells, a drainer drains. */
  NodeWorld controller() throws Exception {
    processes.add(DaemonProcess.start(simulator, workplace, settings("controller", "watcher")));
    processes.add(
        DaemonProcess.start(
            workplace,
            "drainer",
            "256m",
            "drainwatch:\n"
                + settings("controller", "drainer")
                + "micronaut: {server: {port: -1}}\n"));
    return settled();
  }

  // No settle: what it costs is its own length, and kubectl has none either.
  private String settings(String form, String pod) throws IOException {
    return "  kubernetes: {form: %s, node-name: %s, pod-name: %s, kubeconfig: %s, cordon: {settle: 0s}, return: {min-ready: 0s}}%n"
        .formatted(
            form, NODE, pod, server.writeKubeconfig(workplace.path().resolve(pod + ".kubeconfig")));
  }

  private NodeWorld settled() throws InterruptedException {
    TimeUnit.SECONDS.sleep(12);
    return this;
  }

  /** Pods on the Node that take a second to stop. */
  void pods(int count) {
    workloads++;
    server.with(
        each ->
            each.replicaSet("shop", "web-" + workloads, count, pod -> pod.stopsIn(GRACE), NODE));
  }

  boolean isEmpty() {
    return server.with(each -> each.podsOn(NODE).isEmpty());
  }

  boolean isCordoned() {
    return server.with(each -> each.node(NODE).unschedulable());
  }

  boolean hasRecord() {
    return server.with(
        each ->
            each.node(NODE).annotations().keySet().stream()
                .anyMatch(key -> key.startsWith("drainwatch.io/maintenance")));
  }

  /**
   * When the poll came that brought what was published then.
   *
   * @param known a moment by which it had: a poll may be answered just when something is published
   */
  Instant asked(Instant published, Instant known) {
    List<Instant> polls =
        simulator.requests().stream()
            .filter(request -> request.method().equals("GET"))
            .map(RecordedRequest::at)
            .filter(known::isAfter)
            .toList();
    return polls.stream().filter(at -> !at.isBefore(published)).findFirst().orElse(polls.getLast());
  }

  Instant cordonedSince(Instant moment) throws InterruptedException {
    return first(
        "cordon",
        () ->
            requests(Verb.PATCH_NODE, moment)
                .filter(each -> each.body().contains("\"unschedulable\":true")));
  }

  Instant evictedSince(Instant moment) throws InterruptedException {
    return first("eviction", () -> requests(Verb.EVICT, moment));
  }

  private Instant first(String what, Supplier<Stream<ModelRequest>> requests)
      throws InterruptedException {
    await(what, () -> requests.get().findFirst().isPresent());
    return requests.get().findFirst().orElseThrow().at();
  }

  Stream<ModelRequest> requests(Verb verb, Instant since) {
    return server.requests(verb).stream().filter(each -> !each.at().isBefore(since));
  }

  Optional<Instant> acknowledged(String event) {
    return simulator.requests().stream()
        .filter(request -> request.acknowledgedIds().contains(event))
        .map(RecordedRequest::at)
        .findFirst();
  }

  /** The event is over, the kubelet reports, and the Node is given back. */
  void end(String event) throws InterruptedException {
    simulator.endNow(event);
    TimeUnit.SECONDS.sleep(4); // it is missing from two documents by then
    server.with(
        each -> {
          each.ready(NODE);
          return each;
        });
    await("return", () -> !isCordoned() && !hasRecord());
  }

  void await(String what, BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0
          || !processes.stream().allMatch(each -> each.process().isAlive())) {
        throw new IllegalStateException(
            "no " + what + " within " + LONGEST_WAIT + "; " + workplace.logs());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Override
  public void close() throws Exception {
    for (DaemonProcess process : processes) {
      process.close();
    }
    simulator.close();
    server.close();
    workplace.close();
  }
}
