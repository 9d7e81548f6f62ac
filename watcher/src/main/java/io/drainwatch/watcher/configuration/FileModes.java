package io.drainwatch.watcher.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Whether others may change the file that says which scripts the daemon runs. */
final class FileModes {
  private FileModes() {}

  static Optional<String> remark(Path file) {
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      boolean isOpen =
          modes.contains(PosixFilePermission.GROUP_WRITE)
              || modes.contains(PosixFilePermission.OTHERS_WRITE);
      return isOpen
          ? Optional.of(
              PrintedValue.plain(file.toString())
                  + " can be written by group or others, who so decide which scripts run")
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      // no modes on this file system, nothing to remark
      return Optional.empty();
    }
  }
}
