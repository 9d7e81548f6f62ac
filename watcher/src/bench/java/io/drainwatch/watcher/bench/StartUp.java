package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From the start of the process to its first request for events. */
final class StartUp {
  private StartUp() {}

  static List<String> measure(int times) throws Exception {
    List<Duration> sample = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      try (Workplace workplace = Workplace.create();
          Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0"));
          DaemonProcess daemon = DaemonProcess.start(simulator, workplace)) {
        while (simulator.requests().stream()
            .noneMatch(request -> request.path().contains("scheduledevents"))) {
          if (!daemon.process().isAlive()) {
            throw new IllegalStateException("the daemon ended: " + workplace.path());
          }
          TimeUnit.MILLISECONDS.sleep(2);
        }
        sample.add(Duration.ofNanos(System.nanoTime() - daemon.begunAt()));
      }
    }
    return List.of(Bench.figures("process start to first poll", sample));
  }
}
