package io.drainwatch.dist;

import java.nio.file.Path;

/** What stands at one path of an installed machine. */
sealed interface Placed {
  record Directory(int mode) implements Placed {}

  record Copy(Path from, int mode) implements Placed {}

  /** Never changed, never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record Content(byte[] bytes) implements Placed {}

  record Link(String target) implements Placed {}
}
