package io.drainwatch.watcher.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the system says of processes. */
final class Processes {
  private Processes() {}

  /** A zombie that nobody has waited for yet does not run. */
  static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** Of this JVM. */
  static List<ProcessHandle> running() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> isRunning(process.pid()))
        .toList();
  }

  /** Open file descriptors of this JVM. */
  static int descriptors() {
    String[] open = Path.of("/proc/self/fd").toFile().list();
    return open == null ? 0 : open.length;
  }
}
