package io.drainwatch.watcher.doctor;

import java.nio.file.Path;
import java.util.Optional;

/** What this machine has on its temp disk, in words. */
public final class TempDiskUse {
  private static final long MEBIBYTE = 1024L * 1024;

  private TempDiskUse() {}

  /** Empty: there is no such disk; an empty text: hardly used. */
  public static Optional<String> words(Path root) {
    return new TempDiskLook(root)
        .look()
        .map(
            disk ->
                disk.usedBytes() < VmCheck.HARDLY_USED
                    ? ""
                    : disk.usedBytes() / MEBIBYTE + " MiB are in use at " + disk.mountPoint());
  }
}
