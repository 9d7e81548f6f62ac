package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a daemon costs that has nothing to do but poll each second. */
final class Idle {
  private Idle() {}

  /**
   * @param warmUp at one poll a second the JVM compiles what a poll needs after some minutes
   */
  static List<String> measure(Duration warmUp, Duration idle) throws Exception {
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0"));
        DaemonProcess daemon = DaemonProcess.start(simulator, workplace)) {
      TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
      String before = daemon.line();
      long heapBefore = daemon.heapUsedKilobytes();
      Duration cpuBefore = daemon.cpu();
      long begun = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(idle.toMillis());
      Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
      Duration cpu = daemon.cpu().minus(cpuBefore);
      return List.of(
          String.format(
              Locale.ROOT,
              "idle for %d s at 1 Hz: %.3f %% of one core",
              lasted.toSeconds(),
              100.0 * cpu.toMillis() / lasted.toMillis()),
          "after " + warmUp.toSeconds() + " s: " + before + ", heap used " + heapBefore + " KiB",
          "at the end: " + daemon.line() + ", heap used " + daemon.heapUsedKilobytes() + " KiB");
    }
  }
}
