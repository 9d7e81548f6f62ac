package io.drainwatch.watcher;

import io.drainwatch.watcher.cli.CommandLineTool;

/** {@code main}. */
public final class Drainwatch {
  private Drainwatch() {}

  public static void main(String[] arguments) {
    System.exit(CommandLineTool.execute(arguments));
  }
}
