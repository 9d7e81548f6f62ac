package io.drainwatch.watcher.terminal;

import java.util.Optional;

/** Where the output of this process goes. */
public interface Terminal {

  /** At this moment: it may be resized at any time. Empty: the output is no terminal. */
  Optional<Size> size();

  /** A pipe or a file. */
  static Terminal none() {
    return Optional::empty;
  }
}
