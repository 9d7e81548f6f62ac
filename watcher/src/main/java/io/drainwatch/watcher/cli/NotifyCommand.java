package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.notify.SinkSettings;
import io.drainwatch.watcher.notify.Trial;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "notify",
    description = {
      "Sends an example to the sinks of notifications, or to one of them, and prints what each"
          + " answers.",
      "Sent once and at once, whatever the sink's filters say; addresses and headers are read as"
          + " the daemon reads them. Run it as the daemon's user."
    },
    footer = {
      "",
      "Example: sudo -u drainwatch drainwatch notify --test",
      "         drainwatch notify --test ops --config ./drainwatch.yml --output json",
      "",
      "Exit codes: 0 taken by all, 1 not taken by one, or there is none, 2 wrong arguments,"
          + " 3 faulty configuration."
    })
final class NotifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(names = "--test", required = true, description = "Sends an example")
  private boolean test;

  @Parameters(
      arity = "0..1",
      paramLabel = "SINK",
      description = "Its name in the configuration. Default: all")
  private @Nullable String name;

  private final Caller caller;

  NotifyCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    if (!test && spec != null) {
      throw new ParameterException(spec.commandLine(), "--test is the only thing that can be done");
    }
    DrainwatchSettings settings = configuration.settings(caller);
    List<SinkSettings> sinks =
        settings.notifications().sinks().stream()
            .filter(sink -> name == null || sink.name().equals(name))
            .toList();
    if (sinks.isEmpty()) {
      throw new CommandStopped(
          ExitCode.FAILED,
          name == null
              ? "No sink is configured under drainwatch.notifications.sinks; nothing was sent."
              : "No sink of this name is configured; there is "
                  + String.join(
                      ", ",
                      settings.notifications().sinks().stream().map(SinkSettings::name).toList())
                  + ".");
    }
    List<Trial> trials = sinks.stream().map(sink -> Trial.of(sink, caller.clock())).toList();
    print(trials);
    return trials.stream().allMatch(Trial::delivered) ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(List<Trial> trials) {
    if (output.isJson()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      trials.forEach(
          trial ->
              all.addObject()
                  .put("sink", trial.sink())
                  .put("delivered", trial.delivered())
                  .put("answer", trial.answer()));
      caller.out().println(JsonNodeFactory.instance.objectNode().set("sinks", all));
    } else {
      trials.forEach(
          trial ->
              caller
                  .out()
                  .println(
                      (trial.delivered() ? "ok      " : "FAILED  ")
                          + trial.sink()
                          + ": "
                          + trial.answer()));
    }
  }
}
