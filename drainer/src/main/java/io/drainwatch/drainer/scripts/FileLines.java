package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends a script's output to {@code <logs>/<hook>/<script>.stdout.log} and {@code .stderr.log}
 * ({@code hooks.log-files}, drain-scripts.md 1.7). Files are made at the first line of a stream. A
 * file that cannot be written is warned about once and costs no script its run.
 */
public final class FileLines implements LineSink {

  private static final Logger LOG = LoggerFactory.getLogger(FileLines.class);

  private final Path directory;
  private final String script;
  private final Map<ScriptOutput.Source, FileChannel> open =
      new EnumMap<>(ScriptOutput.Source.class);
  private boolean broken;

  /**
   * @param logs by default {@code /var/log/drainwatch}
   */
  public FileLines(Path logs, Hook hook, String script) {
    this.directory = logs.resolve(hook.word());
    this.script = script;
  }

  @Override
  public synchronized void line(ScriptOutput.Source source, String text) {
    if (broken) {
      return;
    }
    try {
      FileChannel file = open.get(source);
      if (file == null) {
        file = open(source);
        open.put(source, file);
      }
      ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      broken = true;
      LOG.warn(
          "cannot write the output of {} under {}; it is in the log only", script, directory, e);
    }
  }

  @Override
  public synchronized void ended(ScriptOutput.Source source) {
    FileChannel file = open.remove(source);
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("cannot close the {} log of {}", source.word(), script, e);
    }
  }

  private FileChannel open(ScriptOutput.Source source) throws IOException {
    return LogFile.openForAppending(directory.resolve(script + "." + source.word() + ".log"));
  }
}
