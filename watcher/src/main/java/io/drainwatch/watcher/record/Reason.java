package io.drainwatch.watcher.record;

import java.io.IOException;
import java.util.Optional;

/** What the system said, for people: file system exceptions often carry a path and nothing else. */
final class Reason {
  private Reason() {}

  static String of(IOException e) {
    String kind = e.getClass() == IOException.class ? "" : e.getClass().getSimpleName() + ": ";
    return kind + Optional.ofNullable(e.getMessage()).orElse("no further word");
  }
}
