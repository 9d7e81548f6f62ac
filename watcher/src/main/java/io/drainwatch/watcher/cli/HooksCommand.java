package io.drainwatch.watcher.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "hooks",
    description = "The scripts that are run: list them, run them now, try some.",
    footer = {
      "",
      "Example: drainwatch hooks list",
      "",
      "Exit codes: those of the command below it."
    },
    subcommands = {HooksListCommand.class, HooksRunCommand.class, HooksTestCommand.class})
final class HooksCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      CommandLine line = spec.commandLine();
      line.usage(line.getOut());
    }
  }
}
