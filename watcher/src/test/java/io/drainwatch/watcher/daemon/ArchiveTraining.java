package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.notify.Subject;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.Drainwatch;
import io.drainwatch.watcher.notify.DeliveryCounts;
import io.drainwatch.watcher.notify.KeptOutbox;
import io.drainwatch.watcher.notify.Notifier;
import io.drainwatch.watcher.notify.VmNotices;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;

/**
 * Does once what the processes do that tests start: the JVM archives the classes that it sees used.
 */
final class ArchiveTraining {
  private static final int A_FEW = 3;

  private ArchiveTraining() {}

  /**
   * Ends with the process that it has begun.
   *
   * @param arguments a directory
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    goesThroughAMaintenance(Files.createDirectory(directory.resolve("maintained")));
    runs(ScriptFixtures.in(Files.createDirectory(directory.resolve("run"))));
    System.exit(0);
  }

  private static void goesThroughAMaintenance(Path directory) throws Exception {
    try (TestVm vm = TestVm.in(directory)) {
      for (Hook hook : Hook.values()) {
        vm.hook(hook, "10-a", "echo $1");
      }
      try (Notifier notifier =
          new Notifier(
              NotifiedProcess.sinks(vm.simulator().baseUrl()),
              InstantSource.system(),
              DeliveryCounts.NOBODY)) {
        boolean unused = notifier.begin(new KeptOutbox(vm.settings().stateDirectory()));
        vm.witness(new VmNotices(notifier, name -> Subject.plainVm(name, false)));
        vm.start();
        vm.endOnceStarted(vm.publish("Reboot"));
        vm.stop();
      }
    }
  }

  private static void runs(ScriptFixtures scripts) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorSettings.forVm(TestVm.NAME))) {
      String file = RunPlace.configuration(simulator.baseUrl(), scripts).toString();
      Thread.ofPlatform()
          .daemon()
          .start(() -> Drainwatch.main(new String[] {"run", "--config", file}));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> simulator.requests().size() >= A_FEW);
    }
  }
}
