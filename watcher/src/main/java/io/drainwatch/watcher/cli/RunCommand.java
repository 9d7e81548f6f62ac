package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.DrainwatchApplication;
import io.drainwatch.watcher.ServerStartException;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.KubernetesSettings;
import io.drainwatch.watcher.configuration.LoadedSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.http.ServerSettings;
import io.drainwatch.watcher.record.StateDirectoryException;
import io.drainwatch.watcher.tracing.TracingSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    description = {
      "The daemon: watches the scheduled events of this VM, drains, acknowledges, brings back.",
      "SIGTERM stops it within 5 s and cancels nothing: started again, it goes on from its record."
    },
    footer = {
      "",
      "Example: drainwatch run --config /etc/drainwatch/drainwatch.yml",
      "",
      "Exit codes: 0 stopped, 2 wrong arguments, 3 faulty configuration (all faults are named),"
          + " 4 the state directory cannot be used or another daemon has it, 5 the port is in use."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration;

  private final Caller caller;

  RunCommand(Caller caller) {
    this(caller, new ConfigurationOption());
  }

  RunCommand(Caller caller, ConfigurationOption configuration) {
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
        caller.complain("The configuration has faults, so nothing is watched:");
        caller.complain(faults.message());
        return ExitCode.CONFIGURATION;
      }
      case Reading.Read(DrainwatchSettings settings, List<String> remarks) -> {
        remarks.forEach(remark -> log.warn("configuration: {}", remark));
        return run(settings, loaded, log);
      }
    }
  }

  private int run(DrainwatchSettings settings, LoadedSettings loaded, Logger log)
      throws InterruptedException {
    try {
      Surroundings surroundings =
          ConfiguredFacts.asked(settings, Surroundings.ofThisMachine(), caller);
      UntilStopped.<StateDirectoryException>run(
          log,
          "stopping; a maintenance under way goes on with the next start",
          begun ->
              DrainwatchApplication.start(
                  Version.text(),
                  ConfiguredDaemon.settings(settings),
                  surroundings,
                  new ServerSettings(settings.server().host(), settings.server().port())
                      .startedAtOnce(isAskedForSure(settings) || loaded.tellsTheFramework()),
                  loaded::applyTo,
                  ConfiguredNode.of(settings, surroundings),
                  ConfiguredSinks.ofTheDaemon(settings),
                  Optional.of(settings.tracing()).filter(TracingSettings::enabled),
                  List.of(),
                  begun));
      return ExitCode.OK;
    } catch (StateDirectoryException e) {
      caller.complain(e.getMessage() + ". Nothing is watched.");
      return ExitCode.STATE_DIRECTORY;
    } catch (ServerStartException e) {
      caller.complain(String.valueOf(e.getMessage()));
      return ExitCode.PORT;
    }
  }

  /** On a Node the kubelet probes. */
  private static boolean isAskedForSure(DrainwatchSettings settings) {
    return settings.kubernetes().form() != KubernetesSettings.Form.NONE;
  }
}
