package io.drainwatch.watcher.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "azure",
    description = {
      "Asks Azure Resource Manager for what a VM cannot see from inside.",
      "With a workload identity, a managed identity or az login; roles are in config/azure."
    },
    footer = {
      "",
      "Example: drainwatch azure doctor --resource-group my-group --subscription ID",
      "",
      "Exit codes: 0 done, 1 failed or something is wrong, 2 wrong arguments,"
          + " 3 faulty configuration, 6 Azure does not answer."
    },
    subcommands = {
      AzureDoctorCommand.class,
      AzureMaintenanceCommand.class,
      AzureRehearseCommand.class,
      AzureMembersCommand.class,
      AzurePeersCommand.class,
      AzureNodesCommand.class,
      AzureAcknowledgeCommand.class,
      AzureEventsCommand.class
    })
final class AzureCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
