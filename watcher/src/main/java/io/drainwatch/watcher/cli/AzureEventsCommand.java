package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.GraphEvent;
import io.drainwatch.watcher.azure.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = {
      "Lists the scheduled events of a subscription that Resource Graph knows (a preview, which the"
          + " subscription has to opt in to).",
      "Later than the metadata service tells them; for looking. The drainer goes by them only where"
          + " a watcher cannot tell (drainwatch.azure.resource-graph-events)."
    },
    footer = {
      "",
      "Example: drainwatch azure events --subscription ID",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 faulty configuration,"
          + " 6 Azure does not answer."
    })
final class AzureEventsCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "Default: AZURE_SUBSCRIPTION_ID")
  private @Nullable String subscription;

  private final Caller caller;

  AzureEventsCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    String asked =
        Optional.ofNullable(subscription)
            .or(() -> Optional.ofNullable(caller.environment().get(AzureOption.SUBSCRIPTION)))
            .orElseThrow(() -> AzureTarget.usage("--subscription is missing."));
    try (AzureResources resources = azure.open(caller, configuration)) {
      switch (resources.events(asked)) {
        case AzureAnswer.NotTold<List<GraphEvent>>(Trouble trouble) ->
            throw AzureOption.stopped(trouble);
        case AzureAnswer.Told<List<GraphEvent>>(List<GraphEvent> events) -> print(events);
      }
    }
    return ExitCode.OK;
  }

  private void print(List<GraphEvent> events) {
    if (output.isJson()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      events.forEach(event -> list.add(json(event)));
      caller.out().println(list);
      return;
    }
    events.forEach(
        event ->
            caller
                .out()
                .println(
                    Lines.plain(
                        event.type()
                            + " "
                            + event.status()
                            + " "
                            + event.id()
                            + (event.notBefore().isEmpty()
                                ? ""
                                : " not before " + event.notBefore())
                            + ": "
                            + String.join(", ", event.resources())
                            + " of "
                            + event.resource())));
  }

  private static ObjectNode json(GraphEvent event) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry
        .put("id", event.id())
        .put("type", event.type())
        .put("status", event.status())
        .put("not_before", event.notBefore())
        .put("resource", event.resource());
    ArrayNode vms = entry.putArray("vms");
    event.resources().forEach(vms::add);
    return entry;
  }
}
