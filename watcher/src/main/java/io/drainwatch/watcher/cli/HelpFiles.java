package io.drainwatch.watcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes the manual page and the completion for bash, both from the commands themselves. Started
 * when the distribution is built; no command knows it.
 */
public final class HelpFiles {
  private HelpFiles() {}

  /**
   * @param arguments the directory that gets {@code man/man8} and {@code bash-completion}
   */
  public static void main(String[] arguments) throws IOException {
    CommandLine line = CommandLineTool.commandLine(Caller.ofThisProcess());
    Path share = Path.of(arguments[0]);
    write(share.resolve("man/man8/drainwatch.8"), ManualPage.of(line, Version.text()));
    write(share.resolve("bash-completion/completions/drainwatch"), completion(line));
  }

  static String completion(CommandLine line) {
    return AutoComplete.bash(line.getCommandName(), line);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
