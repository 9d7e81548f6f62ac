package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** {@code run} on a plain VM. */
record FootprintOnVm(Yardstick yardstick) {
  static final String NAME = "run, VM";

  void measure() throws Exception {
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0"))) {
      Path stamp = stamped(workplace);
      Path back = workplace.path().resolve("back");
      workplace.script(Hook.UNCORDON, "10-back", ": > " + back);
      try (DaemonProcess daemon =
          Program.drainwatch(
              Program.launcher(), workplace, "run", settings(simulator, workplace, "1s"))) {
        yardstick.firstPoll(NAME, daemon, simulator);
        yardstick.rest(NAME, "idle", daemon);
        Instant published = Instant.now();
        String id =
            simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
        Waiting.until("the first hook", () -> Files.exists(stamp));
        yardstick.since(
            NAME, "document published to first hook", published, LatencyToFirstHook.read(stamp));
        simulator.endNow(id);
        Waiting.until("the return", () -> Files.exists(back));
        yardstick.rest(NAME, "after a drain", daemon);
      }
    }
  }

  void polls(int polls) throws Exception {
    if (polls == 0) {
      return;
    }
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0").withLimit(100));
        DaemonProcess daemon =
            Program.drainwatch(
                Program.launcher(), workplace, "run", settings(simulator, workplace, "200ms"))) {
      yardstick.polls(NAME, polls, simulator, daemon);
    }
  }

  /** The first hook leaves the moment at which it runs in a file. */
  static Path stamped(Workplace workplace) throws Exception {
    Path stamp = workplace.path().resolve("stamp");
    workplace.script(
        Hook.SCHEDULED,
        "10-stamp",
        "date +%s%N > " + stamp + ".new; mv " + stamp + ".new " + stamp);
    return stamp;
  }

  static String settings(Simulator simulator, Workplace workplace, String pollInterval) {
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
}
