package io.drainwatch.watcher.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "maintenance",
    description =
        "VMs whose planned maintenance may be done at a time of your own: lists them, or does it.",
    footer = {
      "",
      "Example: drainwatch azure maintenance list --resource-group my-group --subscription ID",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 faulty configuration, 6 Azure or the"
          + " daemon does not answer."
    },
    subcommands = {AzureMaintenanceListCommand.class, AzureMaintenanceStartCommand.class})
final class AzureMaintenanceCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
