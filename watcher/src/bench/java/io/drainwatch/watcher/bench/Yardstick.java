package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * What is looked at in each process, whichever command it is.
 *
 * @param idle how long nothing happens before memory is looked at
 */
record Yardstick(Figures figures, Duration idle) {

  void settle() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(idle.toMillis());
  }

  void memory(String name, String when, DaemonProcess daemon) throws IOException {
    figures.add(name, "resident, " + when + " (MiB)", daemon.rollup("Rss:") / 1024.0);
    figures.add(name, "anonymous, " + when + " (MiB)", daemon.rollup("Anonymous:") / 1024.0);
  }

  /** Memory after some rest. */
  void rest(String name, String when, DaemonProcess daemon) throws Exception {
    settle();
    memory(name, when, daemon);
  }

  void since(String name, String what, Instant begun, Instant done) {
    figures.add(name, what + " (ms)", Duration.between(begun, done).toMillis());
  }

  /** From the start of the process. */
  void started(String name, String until, DaemonProcess daemon) throws IOException {
    figures.add(
        name,
        "start to " + until + " (ms)",
        Duration.ofNanos(System.nanoTime() - daemon.begunAt()).toMillis());
    figures.add(name, "CPU to " + until + " (ms)", daemon.cpu().toMillis());
  }

  void firstPoll(String name, DaemonProcess daemon, Simulator simulator) throws Exception {
    while (simulator.requests().stream().noneMatch(Yardstick::asksForEvents)) {
      if (!daemon.process().isAlive()) {
        throw new IllegalStateException(name + " ended before it asked for events");
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    started(name, "first poll", daemon);
  }

  /** CPU of so many polls at 5 a second once it rests, and memory after them. */
  void polls(String name, int polls, Simulator simulator, DaemonProcess daemon) throws Exception {
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

  /** CPU of a tool that polls as it likes, over one more rest. */
  void pace(String name, Simulator simulator, DaemonProcess daemon) throws Exception {
    int before = simulator.requests().size();
    Duration cpu = daemon.cpu();
    settle();
    int asked = simulator.requests().size() - before;
    if (asked > 0) {
      figures.add(
          name, "CPU per 1,000 polls (s)", daemon.cpu().minus(cpu).toMillis() / (double) asked);
    }
  }

  private static void awaitPolls(Simulator simulator, int count) throws InterruptedException {
    while (simulator.requests().size() < count) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean asksForEvents(RecordedRequest request) {
    return request.path().contains("scheduledevents");
  }
}
