package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.scripts.OutputFiles;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a script has appended to its log files since a moment; of each file the first MiB, and what
 * cannot be read is nothing.
 */
final class LogTail {
  private static final int MOST = 1024 * 1024;

  private final OutputFiles files;
  private final long stdout;
  private final long stderr;

  private LogTail(OutputFiles files, long stdout, long stderr) {
    this.files = files;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  static LogTail from(OutputFiles files) {
    return new LogTail(files, size(files.stdout()), size(files.stderr()));
  }

  void copyTo(ScriptOutput output) {
    copy(files.stdout(), stdout, ScriptOutput.Source.STDOUT, output);
    copy(files.stderr(), stderr, ScriptOutput.Source.STDERR, output);
  }

  private static void copy(Path file, long from, ScriptOutput.Source source, ScriptOutput output) {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      byte[] bytes = in.readNBytes(MOST);
      output.bytes(source, bytes, bytes.length);
    } catch (IOException e) {
      // it was never made, or somebody has put it away: the answer is told all the same
    }
    output.ended(source);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
