package io.drainwatch.watcher.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code drainwatch} and its commands. */
@Command(
    name = "drainwatch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Drains a VM before Azure's scheduled maintenance and brings it back afterwards.",
    footer = {
      "",
      "Example: drainwatch rehearse",
      "",
      "Exit codes: 0 done, 1 failed or something is wrong, 2 wrong arguments,"
          + " 3 faulty configuration, 4 state directory, 5 port in use, 6 the daemon (the cluster,"
          + " Azure) does not answer."
    },
    subcommands = {
      RunCommand.class,
      DrainerCommand.class,
      RehearseCommand.class,
      SimulateCommand.class,
      StatusCommand.class,
      HistoryCommand.class,
      HooksCommand.class,
      DoctorCommand.class,
      DrainCommand.class,
      ResumeCommand.class,
      ContextCommand.class,
      VersionCommand.class,
      NotifyCommand.class
    })
public final class CommandLineTool implements Runnable {
  private static final int HELP_WIDTH = 100;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  public static int execute(String... arguments) {
    if (ContextGet.isAskedBy(arguments)) {
      return new ContextGet(System.getenv(), System.out, System.err).print(arguments[2]);
    }
    return execute(Caller.ofThisProcess(), arguments);
  }

  static int execute(Caller caller, String... arguments) {
    return DaemonLine.of(arguments)
        .map(line -> execute(caller, line))
        .orElseGet(() -> commandLine(caller, !DaemonLine.startsOne(arguments)).execute(arguments));
  }

  private static int execute(Caller caller, DaemonLine line) {
    ConfigurationOption configuration = new ConfigurationOption(line.configuration());
    try {
      return line.command().equals(DaemonLine.RUN)
          ? new RunCommand(caller, configuration).call()
          : new DrainerCommand(caller, configuration).call();
    } catch (Exception e) {
      return failed(e, writer(caller.err()));
    }
  }

  static CommandLine commandLine(Caller caller) {
    return commandLine(caller, true);
  }

  /**
   * @param withAzure the commands for Azure are a third of all: a daemon starts without them
   */
  private static CommandLine commandLine(Caller caller, boolean withAzure) {
    CommandLine line = new CommandLine(new CommandLineTool(), new CommandFactory(caller));
    if (withAzure) {
      line.addSubcommand(AzureCommand.class);
    }
    line.setOut(writer(caller.out()));
    line.setErr(writer(caller.err()));
    helpForAllBelow(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setParameterExceptionHandler(CommandLineTool::misunderstood);
    line.setExecutionExceptionHandler(
        (failure, command, result) -> failed(failure, command.getErr()));
    return line;
  }

  private static void helpForAllBelow(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      command.addMixin("help", new HelpOption());
      helpForAllBelow(command);
    }
  }

  private static int misunderstood(CommandLine.ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    command.getErr().println(fault.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(fault, command.getErr());
    command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Exception failure, PrintWriter err) {
    String message = failure.getMessage();
    err.println(message == null ? failure.toString() : message);
    return failure instanceof CommandStopped stopped ? stopped.exitCode() : ExitCode.FAILED;
  }

  private static PrintWriter writer(PrintStream stream) {
    Charset charset = stream.charset();
    return new PrintWriter(new OutputStreamWriter(stream, charset), true);
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
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
