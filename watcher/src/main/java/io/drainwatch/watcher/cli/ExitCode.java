package io.drainwatch.watcher.cli;

/** What the exit codes mean, the same for every command. */
public final class ExitCode {
  public static final int OK = 0;

  /** What was asked for did not happen, or something is wrong; the text says what. */
  public static final int FAILED = 1;

  /** The arguments were not understood. */
  public static final int USAGE = 2;

  /** The configuration has faults; all of them are named. */
  public static final int CONFIGURATION = 3;

  /** The state directory cannot be used, or another daemon has it. */
  public static final int STATE_DIRECTORY = 4;

  /** The HTTP port is in use. */
  public static final int PORT = 5;

  /** The daemon does not answer; of a command that looks at a cluster or at Azure, those. */
  public static final int NO_DAEMON = 6;

  private ExitCode() {}
}
