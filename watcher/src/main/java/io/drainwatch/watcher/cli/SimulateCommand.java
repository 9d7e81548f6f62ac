package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import io.drainwatch.watcher.simulator.scenario.InvalidScenario;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = {
      "Serves a simulated metadata service for this or any other tool, until it is interrupted.",
      "Events are made by a scenario, or over HTTP under /simulator."
    },
    footer = {
      "",
      "Example: drainwatch simulate --port 8080 --event Reboot",
      "         curl -H Metadata:true"
          + " 'http://127.0.0.1:8080/metadata/scheduledevents?api-version=2020-07-01'",
      "",
      "Exit codes: 0 interrupted, 1 cannot be served, 2 wrong arguments, 5 the port is in use."
    })
final class SimulateCommand implements Callable<Integer> {
  @Option(names = "--port", description = "Default: any free one")
  private int port;

  @Option(names = "--vm", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}")
  private String vm = "vm_0";

  @Option(names = "--event", paramLabel = "TYPE", description = "A built-in scenario to play")
  private @Nullable String event;

  @Option(names = "--notice", paramLabel = "TIME", converter = DurationText.class)
  private @Nullable Duration notice;

  @Option(names = "--scenario", paramLabel = "FILE", description = "A scenario of your own")
  private @Nullable Path scenarioFile;

  private final Caller caller;

  SimulateCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Scenario> scenario;
    try {
      scenario = scenario();
    } catch (IllegalArgumentException | InvalidScenario | IOException e) {
      caller.complain(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
    SimulatedVm own = SimulatedVm.named(vm);
    SimulatorSettings settings =
        scenario
            .map(each -> SimulatorSettings.forScenario(each, own))
            .orElseGet(() -> SimulatorSettings.forVms(own))
            .withPort(port);
    try (Simulator simulator = Simulator.start(settings)) {
      simulator.onChange(change -> caller.out().println(change.at() + "  " + change.sentence()));
      caller.out().println(simulator.describe());
      scenario.ifPresent(simulator::play);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (BindException e) {
      caller.complain("Port " + port + " is in use: " + e.getMessage());
      return ExitCode.PORT;
    } catch (IOException e) {
      caller.complain("The simulator cannot listen: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private Optional<Scenario> scenario() throws IOException {
    if (scenarioFile != null) {
      return Optional.of(Scenario.read(scenarioFile));
    }
    return Optional.ofNullable(event)
        .map(name -> Scenario.builtIn(name, Optional.ofNullable(notice)));
  }
}
