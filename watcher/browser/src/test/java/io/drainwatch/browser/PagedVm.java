package io.drainwatch.browser;

import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.Begun;
import io.drainwatch.watcher.DrainwatchApplication;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.events.MetadataSettings;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.record.History;
import io.drainwatch.watcher.rehearsal.ScratchDirectory;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The real daemon with its server, on a simulated VM. Hooks wait at gates, so that each state stays
 * until it has been looked at.
 */
final class PagedVm implements AutoCloseable {
  static final String VM = "west-pool_3";

  private final ScratchDirectory scratch = ScratchDirectory.create(System.getenv());
  private final Simulator simulator =
      Simulator.start(SimulatorSettings.forVms(SimulatedVm.named(VM)));
  private Optional<DrainwatchApplication> application = Optional.empty();
  private int port;

  PagedVm() throws IOException {
    Files.createDirectories(directory("gates"));
    Files.createDirectories(directory("hooks"));
  }

  private Path directory(String name) {
    return scratch.path().resolve(name);
  }

  /** A script; {@code $GATES} is where gates are opened. */
  PagedVm hook(String hook, String script, String... lines) throws IOException {
    Path directory = Files.createDirectories(directory("hooks").resolve(hook));
    Path file =
        Files.writeString(
            directory.resolve(script),
            "#!/bin/sh\nGATES=" + directory("gates") + "\n" + String.join("\n", lines) + "\n");
    for (Path path : List.of(directory("hooks"), directory, file)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return this;
  }

  /** Goes on when its gate is opened. */
  static String waitsAt(String gate) {
    return "until [ -e \"$GATES/" + gate + "\" ]; do sleep 0.05; done";
  }

  void openGate(String gate) throws IOException {
    Files.createFile(directory("gates").resolve(gate));
  }

  PagedVm start() throws Exception {
    DrainwatchApplication started =
        DrainwatchApplication.start(
            "1.2.3",
            settings(),
            Surroundings.ofThisMachine(),
            new ServerSettings("127.0.0.1", port),
            UnaryOperator.identity(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new Begun());
    application = Optional.of(started);
    port = started.address().getPort();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> started.daemon().watch().newest().isPresent());
    return this;
  }

  void stop() {
    application.ifPresent(DrainwatchApplication::close);
    application = Optional.empty();
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** One event, in the words of a scenario. */
  void announce(String event) {
    simulator.play(Scenario.read("one", "steps:\n  - after: 0s\n    event: {" + event + "}\n"));
  }

  void platformBegins() {
    simulator.state().events().forEach(event -> simulator.startNow(event.id()));
  }

  void platformIsDone() {
    simulator.state().events().forEach(event -> simulator.endNow(event.id()));
  }

  private DaemonSettings settings() {
    MetadataSettings standard = MetadataSettings.defaults();
    return new DaemonSettings(
        new MetadataSettings(
            URI.create(simulator.baseUrl()),
            standard.versions(),
            standard.instanceVersion(),
            Duration.ofMillis(100),
            standard.connectLimit(),
            standard.exchangeLimit(),
            standard.firstAnswerLimit()),
        LifecycleSettings.defaults()
            .withHooks(new HookSettings(Map.of(), Map.of(), Duration.ofSeconds(1))),
        directory("state"),
        Optional.empty(),
        List.of(directory("hooks")),
        ScriptNames.ANY,
        List.of(),
        Optional.empty(),
        Set.of(),
        ContextSettings.defaults(),
        false,
        false,
        BoshSettings.off(),
        SlipStreamSettings.off(),
        History.DEFAULT_ENTRIES);
  }

  @Override
  public void close() throws IOException {
    stop();
    simulator.close();
    scratch.close();
  }
}
