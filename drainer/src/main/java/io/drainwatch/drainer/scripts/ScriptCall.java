package io.drainwatch.drainer.scripts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of one script, as data: nothing in it is ever expanded or interpreted.
 *
 * @param variables come on top of the inherited environment; a NUL in a value is dropped, as no
 *     process could be started with it
 * @param workDirectory made with mode 0700 when missing
 * @param output gets what the script prints, unless that goes to files
 * @param files where the script writes to instead
 * @param niceness how much nicer than the daemon, 0 to 19
 */
public record ScriptCall(
    Path script,
    List<String> arguments,
    StandardInput input,
    Map<String, String> variables,
    Path workDirectory,
    ScriptOutput output,
    EndOfCall end,
    Optional<OutputFiles> files,
    int niceness) {

  public ScriptCall {
    if (niceness < 0 || niceness > 19) {
      throw new IllegalArgumentException("no niceness: " + niceness);
    }
    if (!script.isAbsolute() || !workDirectory.isAbsolute()) {
      throw new IllegalArgumentException(
          "script and work directory must be absolute: " + script + ", " + workDirectory);
    }
    arguments = List.copyOf(arguments);
    variables = Map.copyOf(variables);
    for (String name : variables.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("not a variable's name: '" + name + "'");
      }
    }
    for (String argument : arguments) {
      if (argument.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("an argument of " + script + " has a NUL");
      }
    }
  }

  /** Its output is read, and it runs as the daemon does. */
  public ScriptCall(
      Path script,
      List<String> arguments,
      StandardInput input,
      Map<String, String> variables,
      Path workDirectory,
      ScriptOutput output,
      EndOfCall end) {
    this(script, arguments, input, variables, workDirectory, output, end, Optional.empty(), 0);
  }
}
