package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What BOSH jobs that drain at the same time cost the daemon: while they run, and while they wait.
 */
final class ManyJobs {
  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final Duration IN_THE_MIDDLE = Duration.ofSeconds(8);

  private static final int MOST_MEBIBYTES = 20;

  /** Far fewer than there are jobs: a few of Quartz's and of the JDK's. */
  private static final int MOST_THREADS = 10;

  private ManyJobs() {}

  static List<String> measure(int jobs) throws Exception {
    return List.of(
        measure(jobs, jobs + " drains that run", "sleep 15; echo 0"),
        measure(jobs, jobs + " drains that wait (static, 15 s)", "echo 15"));
  }

  /** The JDK has one thread of its own per process that runs; it is not counted here. */
  private static String judged(double mebibytes, long threads) {
    boolean isMet = mebibytes < MOST_MEBIBYTES && threads < MOST_THREADS;
    return String.format(
        Locale.ROOT,
        "%.1f MiB and %d threads more: less than %d MiB and %d threads is %s",
        mebibytes,
        threads,
        MOST_MEBIBYTES,
        MOST_THREADS,
        isMet ? "met" : "MISSED");
  }

  private static String measure(int jobs, String what, String drain) throws Exception {
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0"))) {
      Path base = workplace.path().resolve("vcap");
      for (int job = 0; job < jobs; job++) {
        workplace.script(base.resolve("jobs/job-" + job + "/bin"), "drain", drain);
      }
      String bosh = "  bosh: {enabled: true, base: %s}".formatted(base);
      try (DaemonProcess daemon = DaemonProcess.start(simulator, workplace, bosh)) {
        TimeUnit.MILLISECONDS.sleep(SETTLED.toMillis());
        String before = daemon.line();
        long resident = daemon.residentKilobytes();
        long threads = daemon.ownThreads();
        simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
        TimeUnit.MILLISECONDS.sleep(IN_THE_MIDDLE.toMillis());
        String middle = daemon.line();
        return what
            + ": before "
            + before
            + "; in the middle "
            + middle
            + "; "
            + judged(
                (daemon.residentKilobytes() - resident) / 1024.0, daemon.ownThreads() - threads);
      }
    }
  }
}
