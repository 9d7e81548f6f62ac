package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.watcher.azure.AzureLibrary;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.Pause;
import io.drainwatch.watcher.terminal.OwnTerminal;
import io.drainwatch.watcher.terminal.Terminal;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who calls a command, and from where: what it prints to, what it may look at, whom it can ask.
 * Tests bring their own.
 *
 * @param system properties, which may hold settings
 * @param safety whether a script may run, for the user of this process
 * @param modes BOSH and SlipStream mode, by what is configured
 * @param person who can be asked; nobody in a pipe
 * @param azure what talks to Azure, opened when it is needed
 * @param terminal where the output goes, looked at when it is needed
 */
record Caller(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Properties system,
    InstantSource clock,
    Pause pause,
    Supplier<SafetyCheck> safety,
    Function<DrainwatchSettings, ScriptModes> modes,
    Person person,
    Supplier<AzureLibrary.Opening> azure,
    Supplier<Terminal> terminal) {

  /** Who sits before the terminal. */
  interface Person {
    /** False in a pipe, in a script, in a service. */
    boolean isThere();

    /** Only for somebody who is there. */
    boolean agrees(String question);
  }

  Caller {
    environment = Map.copyOf(environment);
  }

  static Caller ofThisProcess() {
    return new Caller(
        System.out,
        System.err,
        System.getenv(),
        System.getProperties(),
        InstantSource.system(),
        Pause.real(),
        SafetyCheck::full,
        ScriptModes::of,
        new TerminalPerson(),
        () -> AzureLibrary.open(System.getenv(), System.getProperties()),
        () -> OwnTerminal.of(System.getenv()));
  }

  /** One plain sentence for what went wrong. */
  void complain(String sentence) {
    err.println(sentence);
  }
}
