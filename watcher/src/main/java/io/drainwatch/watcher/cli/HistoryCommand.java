package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.watcher.operator.HistoryReading;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
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
      "When, what, who caused it, how it ended, how much notice there really was, how long drain,"
          + " maintenance and the whole took, whether we acknowledged it, what was left. On a"
          + " terminal that is too narrow, what matters least is left out."
    },
    footer = {
      "",
      "Example: drainwatch history --limit 5",
      "Example: drainwatch history --since 2d",
      "Example: drainwatch history --since 2026-11-20T10:00Z --output json",
      "",
      "Exit codes: 0 done (without the daemon too, from its files), 2 wrong arguments,"
          + " 3 faulty configuration, 4 neither the daemon nor its files can be read."
    })
final class HistoryCommand implements Callable<Integer> {
  private static final int MOST = 1000;
  private static final int USUAL = 20;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many, 1 to 1000. Default: 20; with --since 1000")
  private @Nullable Integer limit;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceText.class,
      description = "What has ended since then: 12h, 2d, 3w ago, 2026-11-20 or 2026-11-20T10:00Z")
  private SinceText.@Nullable Since since;

  private final Caller caller;

  HistoryCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    if (spec != null && limit != null && (limit < 1 || limit > MOST)) {
      throw new ParameterException(
          spec.commandLine(), "--limit is a number from 1 to " + MOST + ", not " + limit);
    }
    int most = limit != null ? limit : since != null ? MOST : USUAL;
    return switch (HistoryReading.read(configuration.settings(caller), most)) {
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

  private void print(List<JsonNode> all) {
    List<JsonNode> maintenances = all.stream().filter(this::isAsked).toList();
    if (output.isJson()) {
      caller
          .out()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .set("maintenances", JsonNodeFactory.instance.arrayNode().addAll(maintenances)));
    } else {
      if (maintenances.isEmpty()) {
        caller.out().println(all.isEmpty() ? "No maintenance is over yet." : "None since then.");
      } else {
        HistoryTable.of(maintenances, width()).forEach(caller.out()::println);
      }
    }
  }

  /** Without a moment that can be read it is rather shown than hidden. */
  private boolean isAsked(JsonNode summary) {
    if (since == null) {
      return true;
    }
    try {
      Instant from = since.before(caller.clock().instant());
      return !Instant.parse(summary.path("endedAt").asText()).isBefore(from);
    } catch (DateTimeException e) {
      return true;
    }
  }

  private OptionalInt width() {
    return caller
        .terminal()
        .get()
        .size()
        .map(size -> OptionalInt.of(size.columns()))
        .orElse(OptionalInt.empty());
  }
}
