package io.drainwatch.drainer.scripts;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.drainwatch.drainer.maintenance.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The drain context as a file, {@code DRAIN_CONTEXT_FILE} (drain-scripts.md 2.1): mode 0600, put in
 * place by rename, so that a reader sees the old bytes or the new ones. One file per hook and
 * script, as each call has its own attempt and time; a later call replaces it.
 */
public final class ContextFile {

  /** What became of it. */
  public sealed interface Written {
    record To(Path path) implements Written {}

    /** The script runs without the file: stdin and the variables say the same. */
    record Not(String why) implements Written {}
  }

  private final Path directory;

  /**
   * @param state the daemon's state directory; the files lie in {@code context} below it
   */
  public ContextFile(Path state) {
    this.directory = state.toAbsolutePath().resolve("context");
  }

  /** Never fails the run. */
  public Written write(Hook hook, String script, byte[] context) {
    if (script.isEmpty() || script.contains("/")) {
      return new Written.Not("'" + PlainText.of(script) + "' is no file name");
    }
    Path path = directory.resolve(hook.word() + "." + script + ".json");
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path beside = Files.createTempFile(directory, ".context", ".tmp"); // made with 0600
      try {
        Files.write(beside, context);
        Files.move(beside, path, ATOMIC_MOVE, REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
      return new Written.To(path);
    } catch (IOException e) {
      return new Written.Not("cannot write " + path + ": " + PlainText.of(e.toString()));
    }
  }
}
