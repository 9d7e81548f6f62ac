package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.watcher.operator.HistoryReading;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "history",
    description = {
      "Shows the maintenances that are over, newest first.",
      "When, what, how it ended, how long the drain took, how much notice there really was, whether"
          + " it was acknowledged, what was left."
    },
    footer = {
      "",
      "Example: drainwatch history --limit 5",
      "",
      "Exit codes: 0 done (without the daemon too, from its files), 2 wrong arguments,"
          + " 3 faulty configuration, 4 neither the daemon nor its files can be read."
    })
final class HistoryCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, 1 to 1000. Default: ${DEFAULT-VALUE}")
  private int limit = 20;

  private final Caller caller;

  HistoryCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    if (spec != null && (limit < 1 || limit > MOST)) {
      throw new ParameterException(
          spec.commandLine(), "--limit is a number from 1 to " + MOST + ", not " + limit);
    }
    return switch (HistoryReading.read(configuration.settings(caller), limit)) {
      case HistoryReading.FromDaemon(List<JsonNode> maintenances) -> {
        print(maintenances);
        yield ExitCode.OK;
      }
      case HistoryReading.FromFile(String why, List<JsonNode> maintenances) -> {
        print(maintenances);
        caller.complain("The daemon does not answer (" + why + "); this is from its files.");
        yield ExitCode.OK;
      }
      case HistoryReading.Nothing(String why, String fileWhy) -> {
        caller.complain("The daemon does not answer (" + why + "). " + fileWhy);
        yield ExitCode.STATE_DIRECTORY;
      }
    };
  }

  private void print(List<JsonNode> maintenances) {
    if (output.isJson()) {
      caller
          .out()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .set("maintenances", JsonNodeFactory.instance.arrayNode().addAll(maintenances)));
    } else {
      HistoryTable.of(maintenances).forEach(caller.out()::println);
    }
  }
}
