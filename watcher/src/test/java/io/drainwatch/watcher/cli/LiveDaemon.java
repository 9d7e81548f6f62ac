package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.DrainwatchApplication;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.awaitility.Awaitility;

/** A whole daemon on a free port, with a simulated metadata service, as the settings say. */
final class LiveDaemon implements AutoCloseable {
  static final String VM = "vm_0";

  /** As Azure's samples have it, but for the case. */
  static final String VM_ID = "VMID";

  private final Simulator simulator;
  private final DrainwatchApplication application;
  private final Path configuration;

  private LiveDaemon(Simulator simulator, DrainwatchApplication application, Path configuration) {
    this.simulator = simulator;
    this.application = application;
    this.configuration = configuration;
  }

  static LiveDaemon of(Tool tool) throws Exception {
    return of(tool, new String[0]);
  }

  /**
   * @param more lines below {@code drainwatch:}
   */
  static LiveDaemon of(Tool tool, String... more) throws Exception {
    Simulator simulator =
        Simulator.start(
            SimulatorSettings.forVms(
                SimulatedVm.named(VM).with("priority", "Spot").with("vmId", VM_ID)));
    DrainwatchSettings settings =
        settings(tool.configuration(Tool.NOBODYS_PORT, simulator.baseUrl(), more));
    DrainwatchApplication application =
        DrainwatchApplication.start(
            "1.2.3",
            ConfiguredDaemon.settings(settings),
            Surroundings.ofThisMachine(),
            new ServerSettings("127.0.0.1", 0),
            builder -> builder,
            List.of());
    Path configuration =
        tool.configuration(application.address().getPort(), simulator.baseUrl(), more);
    LiveDaemon daemon = new LiveDaemon(simulator, application, configuration);
    Awaitility.await().until(() -> application.daemon().watch().newest().isPresent());
    return daemon;
  }

  private static DrainwatchSettings settings(Path file) {
    return switch (LoadedSettings.load(Optional.of(file), Map.of(), new Properties()).reading()) {
      case Reading.Read read -> read.settings();
      case Reading.Faults faults -> throw new AssertionError(faults.message());
    };
  }

  /** Of the daemon as it runs, its port included. */
  Path configuration() {
    return configuration;
  }

  Watch watch() {
    return application.daemon().watch();
  }

  Simulator simulator() {
    return simulator;
  }

  void stop() {
    application.close();
  }

  @Override
  public void close() {
    stop();
    simulator.close();
  }
}
