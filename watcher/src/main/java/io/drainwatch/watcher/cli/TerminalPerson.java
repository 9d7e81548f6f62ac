package io.drainwatch.watcher.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Set;

/** The person at the terminal of this process, if it has one. */
final class TerminalPerson implements Caller.Person {
  private static final Set<String> YES = Set.of("y", "yes");

  @Override
  public boolean isThere() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public boolean agrees(String question) {
    Console console = System.console();
    String answer = console == null ? null : console.readLine("%s [y/N] ", question);
    return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
