package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.watcher.operator.OperatorOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "drain",
    description = {
      "Takes the machine out of service by hand, the same way as for an event.",
      "The running daemon does it. Nothing is acknowledged. `drainwatch resume` brings it back."
    },
    footer = {
      "",
      "Example: drainwatch drain --within 10m --wait",
      "",
      "Exit codes: 0 begun (--wait: drained), 1 refused, or it failed, 2 wrong arguments,"
          + " 3 faulty configuration, 6 the daemon does not answer."
    })
final class DrainCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = EventTypeText.class,
      description = "The event that it is treated as. Default: Reboot")
  private @Nullable EventKind type;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "What is not drained by then is left, such as 10m. Default: no deadline")
  private @Nullable Duration within;

  @Option(names = "--wait", description = "Waits until it is drained and tells how it goes on")
  private boolean wait;

  private final Caller caller;

  DrainCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.off();
    OperatorOrder order =
        OperatorOrder.drain(
            Optional.ofNullable(type).map(EventKind::word), Optional.ofNullable(within));
    return new OrderToDaemon(caller, output.isJson())
        .give(configuration.settings(caller), order, wait, "The drain has begun.");
  }
}
