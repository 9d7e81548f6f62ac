package io.drainwatch.watcher.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code drainwatch} and its commands. */
@Command(
    name = "drainwatch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Drains a VM before Azure's scheduled maintenance and brings it back afterwards.",
    subcommands = {RunCommand.class, RehearseCommand.class, SimulateCommand.class})
public final class CommandLineTool implements Runnable {

  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  public static int execute(String... arguments) {
    CommandLine line = new CommandLine(new CommandLineTool());
    line.getSubcommands().values().forEach(command -> command.addMixin("help", new HelpOption()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          command
              .getErr()
              .println(
                  command
                      .getColorScheme()
                      .errorText(
                          failure.getMessage() == null
                              ? failure.toString()
                              : failure.getMessage()));
          return ExitCode.FAILED;
        });
    return line.execute(arguments);
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
    }
  }

  /** {@code --help} for every command. */
  @Command
  @SuppressWarnings("UnusedVariable") // picocli writes and reads it
  static final class HelpOption {
    @CommandLine.Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Shows this help")
    private boolean help;
  }
}
