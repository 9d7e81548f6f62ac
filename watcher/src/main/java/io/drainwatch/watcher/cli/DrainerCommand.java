package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.DrainerApplication;
import io.drainwatch.watcher.ServerStartException;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.drainer.Drainer;
import io.drainwatch.watcher.drainer.DrainerSettings;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.metrics.FleetMetrics;
import io.drainwatch.watcher.notify.FleetNotices;
import io.micronaut.context.ApplicationContextBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "drainer",
    description = {
      "On Kubernetes, form controller: cordons, drains and gives back the Nodes of a cluster, as"
          + " their watchers (drainwatch run) tell. Of several replicas the holder of the Lease"
          + " works.",
      "SIGTERM stops it within 5 s and gives the Lease back; the Nodes stay as they are, and the"
          + " next leader goes on."
    },
    footer = {
      "",
      "Example: drainwatch drainer --config /etc/drainwatch/drainwatch.yml",
      "",
      "Exit codes: 0 stopped, 2 wrong arguments, 3 faulty configuration (all faults are named) or"
          + " another form, 5 the port is in use."
    })
final class DrainerCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration;

  private final Caller caller;

  DrainerCommand(Caller caller) {
    this(caller, new ConfigurationOption());
  }

  DrainerCommand(Caller caller, ConfigurationOption configuration) {
    this.caller = caller;
    this.configuration = configuration;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.forTheDaemon();
    Logger log = LoggerFactory.getLogger("drainwatch");
    LoadedSettings loaded =
        LoadedSettings.load(configuration.file(), caller.environment(), caller.system());
    switch (loaded.reading()) {
      case Reading.Faults faults -> {
        caller.complain("The configuration has faults, so nothing is drained:");
        caller.complain(faults.message());
        return ExitCode.CONFIGURATION;
      }
      case Reading.Read(DrainwatchSettings settings, List<String> remarks) -> {
        remarks.forEach(remark -> log.warn("configuration: {}", remark));
        Optional<String> objection = ConfiguredDrainer.objection(settings);
        if (objection.isPresent()) {
          caller.complain(objection.get() + ". Nothing is drained.");
          return ExitCode.CONFIGURATION;
        }
        return run(settings, loaded::applyTo, log);
      }
    }
  }

  private int run(
      DrainwatchSettings configured, UnaryOperator<ApplicationContextBuilder> framework, Logger log)
      throws InterruptedException {
    Drainer drainer;
    try {
      DrainerSettings settings = ConfiguredDrainer.settings(configured);
      FleetMetrics metrics = new FleetMetrics(Version.text());
      drainer =
          new Drainer(
              settings,
              InstantSource.system(),
              System::nanoTime,
              metrics,
              ConfiguredDrainer.outside(configured, caller),
              ConfiguredSinks.ofTheDrainer(configured)
                  .map(
                      sinks ->
                          new FleetNotices(
                              sinks,
                              InstantSource.system(),
                              metrics.ofNotices(),
                              configured.dryRun())));
    } catch (IllegalArgumentException e) {
      caller.complain(
          "The API server cannot be asked: "
              + e.getMessage()
              + ". Nothing is drained; see drainwatch.kubernetes.kubeconfig.");
      return ExitCode.CONFIGURATION;
    }
    try {
      UntilStopped.<RuntimeException>run(
          log,
          "stopping; the Nodes stay as they are, the next leader goes on",
          begun ->
              DrainerApplication.start(
                  drainer,
                  new ServerSettings(configured.server().host(), configured.server().port()),
                  framework,
                  begun));
      return ExitCode.OK;
    } catch (ServerStartException e) {
      caller.complain(String.valueOf(e.getMessage()));
      return ExitCode.PORT;
    }
  }
}
