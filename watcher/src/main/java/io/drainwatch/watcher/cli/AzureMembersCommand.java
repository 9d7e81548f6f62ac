package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.ScaleSetMember;
import io.drainwatch.watcher.azure.Trouble;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "members",
    description = "Lists the instances of a scale set: name, instance id, state.",
    footer = {
      "",
      "Example: drainwatch azure members --vmss ID --output json",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 faulty configuration,"
          + " 6 Azure does not answer."
    })
final class AzureMembersCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--vmss",
      paramLabel = "ID",
      required = true,
      description = "Resource id of the scale set")
  private String scaleSet = "";

  private final Caller caller;

  AzureMembersCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    var id = AzureTarget.scaleSet(scaleSet);
    try (AzureResources resources = azure.open(caller, configuration)) {
      switch (resources.members(id)) {
        case AzureAnswer.NotTold<List<ScaleSetMember>>(Trouble trouble) ->
            throw AzureOption.stopped(trouble);
        case AzureAnswer.Told<List<ScaleSetMember>>(List<ScaleSetMember> members) -> print(members);
      }
    }
    return ExitCode.OK;
  }

  private void print(List<ScaleSetMember> members) {
    if (output.isJson()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      members.forEach(
          member ->
              list.addObject()
                  .put("name", member.name())
                  .put("instance_id", member.instanceId())
                  .put("provisioning_state", member.provisioningState())
                  .put("latest_model", member.onLatestModel()));
      caller.out().println(list);
    } else {
      members.forEach(
          member ->
              caller
                  .out()
                  .println(
                      Lines.plain(
                          Lines.padded(member.name(), 40)
                              + Lines.padded(member.instanceId(), 20)
                              + member.provisioningState()
                              + (member.onLatestModel() ? "" : ", not on the latest model"))));
    }
  }
}
