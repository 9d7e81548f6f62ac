package io.drainwatch.drainer.scripts;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Files that a script writes to by itself, at their ends, as BOSH's other four scripts do
 * (drain-scripts.md 3.4): no pipe of ours that a background process could hold open, or break.
 */
public record OutputFiles(Path stdout, Path stderr) {

  public OutputFiles {
    if (!stdout.isAbsolute() || !stderr.isAbsolute()) {
      throw new IllegalArgumentException(
          "a script's log files must be absolute: " + stdout + ", " + stderr);
    }
  }

  /** Makes what is missing, and makes sure that both can be written. */
  void make() throws IOException {
    LogFile.openForAppending(stdout).close();
    LogFile.openForAppending(stderr).close();
  }

  /**
   * The system opens the files anew, by name. Whoever may exchange them in between can write to the
   * directory, which is root's; where a release gives it to its own user, that user is trusted with
   * what root's scripts print, as in BOSH.
   */
  void redirect(ProcessBuilder builder) {
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(stdout.toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(stderr.toFile()));
  }
}
