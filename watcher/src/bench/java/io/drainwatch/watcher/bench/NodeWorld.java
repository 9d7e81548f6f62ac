package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One VM that is a Node: its metadata service, an API server, and the processes of a form, as the
 * launcher starts them.
 */
final class NodeWorld implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Of all processes together, in 2 s. */
  private static final Duration QUIET = Duration.ofMillis(60);

  private static final int MOST_LOOKS = 20;

  final Workplace workplace = Workplace.create();
  final ApiServer server = ApiServer.ofEnvironment();
  final Simulator simulator = Simulator.start(SimulatorSettings.forVm(server.node()));
  private final List<DaemonProcess> processes = new ArrayList<>();

  NodeWorld() throws IOException {}

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
    return "  kubernetes: {form: %s, node-name: %s, pod-name: %s, namespace: %s, kubeconfig: %s, cordon: {settle: 0s}, return: {min-ready: 0s}}%n"
        .formatted(
            form, server.node(), pod, server.namespace(), server.kubeconfig(workplace.path()));
  }

  // the first event is measured too, and is not to come in the middle of a start
  private NodeWorld settled() throws Exception {
    TimeUnit.SECONDS.sleep(12);
    for (int i = 0; i < MOST_LOOKS && !isQuiet(); i++) {
      TimeUnit.SECONDS.sleep(1);
    }
    return this;
  }

  private boolean isQuiet() throws Exception {
    Duration before = cpu();
    TimeUnit.SECONDS.sleep(2);
    return cpu().minus(before).compareTo(QUIET) <= 0;
  }

  private Duration cpu() throws IOException {
    Duration all = Duration.ZERO;
    for (DaemonProcess each : processes) {
      all = all.plus(each.cpu());
    }
    return all;
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
    return first("cordon", () -> server.cordonedSince(moment));
  }

  Instant evictedSince(Instant moment) throws InterruptedException {
    return first("eviction", () -> server.evictedSince(moment));
  }

  private Instant first(String what, Supplier<Optional<Instant>> moment)
      throws InterruptedException {
    await(what, () -> moment.get().isPresent());
    return moment.get().orElseThrow();
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
    server.ready();
    await("return", () -> !server.isCordoned() && !server.hasRecord());
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
