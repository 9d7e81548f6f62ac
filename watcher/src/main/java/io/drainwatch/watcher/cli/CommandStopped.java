package io.drainwatch.watcher.cli;

/**
 * A command cannot go on: the message is what stderr gets, the code what the shell gets. For what
 * ends a command anywhere on its way, such as a faulty configuration; answers are values.
 */
final class CommandStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  CommandStopped(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
