package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.promises.PromisedFigure;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * From the moment an event is in the document, and from the moment the document was asked for, to
 * the first command of the first hook's script, which writes its own time. The daemon is a process
 * as the launcher starts it, poll interval 1 s. The request reaches the simulator a little before
 * the document is read, so the second figure is a little too long, never too short.
 */
final class LatencyToFirstHook {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private LatencyToFirstHook() {}

  static List<String> measure(int events) throws Exception {
    List<Duration> fromPublication = new ArrayList<>();
    List<Duration> fromReading = new ArrayList<>();
    Random moments = new Random(20261121);
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0"))) {
      Path stamp = workplace.path().resolve("stamp");
      Path back = workplace.path().resolve("back");
      workplace.script(
          Hook.SCHEDULED,
          "10-stamp",
          "date +%s%N > " + stamp + ".new; mv " + stamp + ".new " + stamp);
      workplace.script(Hook.UNCORDON, "10-back", ": > " + back);
      try (DaemonProcess daemon = DaemonProcess.start(simulator, workplace)) {
        TimeUnit.MILLISECONDS.sleep(SETTLED.toMillis());
        for (int i = 0; i < events; i++) {
          TimeUnit.MILLISECONDS.sleep(moments.nextInt(1000));
          Instant published = Instant.now();
          String id =
              simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
          Instant visible = Instant.now();
          await("the first hook", daemon, () -> Files.exists(stamp));
          Instant started = read(stamp);
          fromPublication.add(Duration.between(published, started));
          fromReading.add(Duration.between(asked(simulator, visible, started), started));
          simulator.endNow(id);
          await("the return", daemon, () -> Files.exists(back));
          Files.delete(stamp);
          Files.delete(back);
          int polls = simulator.requests().size();
          await("polls", daemon, () -> simulator.requests().size() >= polls + 2);
        }
      }
    }
    return List.of(
        Bench.figures("document published to first hook", fromPublication),
        Bench.figures("document read to first hook", fromReading),
        PromisedFigure.named("F01").measures("p99", Bench.p99(fromPublication).toMillis()));
  }

  static Instant read(Path stamp) throws Exception {
    long nanoseconds = Long.parseLong(Files.readString(stamp).strip());
    return Instant.ofEpochSecond(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
  }

  /**
   * When the poll that brought the event came: the first that could not miss it, or, where the hook
   * started before any such poll, the one that was answered while the event was being published.
   */
  private static Instant asked(Simulator simulator, Instant visible, Instant started) {
    List<Instant> polls =
        simulator.requests().stream()
            .filter(request -> request.method().equals("GET"))
            .map(RecordedRequest::at)
            .filter(started::isAfter)
            .toList();
    return polls.stream().filter(at -> !at.isBefore(visible)).findFirst().orElse(polls.getLast());
  }

  private static void await(String what, DaemonProcess daemon, BooleanSupplier happened)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || !daemon.process().isAlive()) {
        throw new IllegalStateException("no " + what + " within " + LONGEST_WAIT);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
