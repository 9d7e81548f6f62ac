package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.operator.OperatorOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "resume",
    description = {
      "Brings the machine back into service after `drainwatch drain`, or stops that drain.",
      "An event of the platform is not undone by it."
    },
    footer = {
      "",
      "Example: drainwatch resume --wait",
      "",
      "Exit codes: 0 begun (--wait: back in service), 1 refused, 2 wrong arguments,"
          + " 3 faulty configuration, 6 the daemon does not answer."
    })
final class ResumeCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(names = "--wait", description = "Waits until it is back in service")
  private boolean wait;

  private final Caller caller;

  ResumeCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.off();
    return new OrderToDaemon(caller, output.isJson())
        .give(
            configuration.settings(caller),
            OperatorOrder.resume(),
            wait,
            "The machine is on its way back into service.");
  }
}
