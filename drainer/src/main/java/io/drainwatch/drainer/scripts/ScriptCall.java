package io.drainwatch.drainer.scripts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One call of one script, as data: nothing in it is ever expanded or interpreted.
 *
 * @param variables come on top of the inherited environment; a NUL in a value is dropped, as no
 *     process could be started with it
 * @param workDirectory made with mode 0700 when missing
 */
public record ScriptCall(
    Path script,
    List<String> arguments,
    StandardInput input,
    Map<String, String> variables,
    Path workDirectory,
    ScriptOutput output,
    EndOfCall end) {

  public ScriptCall {
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
}
