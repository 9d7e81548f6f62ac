package io.drainwatch.watcher.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Who this process acts as. The kernel is asked: in a container the user often has no name. */
final class ProcessOwner {
  private ProcessOwner() {}

  /** The effective user id; empty where there is no Linux /proc. */
  static OptionalInt uid() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return OptionalInt.empty();
    }
    // Uid: real, effective, saved, file system
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("Uid:"))
        .map(line -> line.split("\\s+", -1))
        .filter(fields -> fields.length > 2)
        .mapToInt(fields -> Integer.parseUnsignedInt(fields[2]))
        .findFirst();
  }
}
