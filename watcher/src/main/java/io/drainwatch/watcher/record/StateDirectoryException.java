package io.drainwatch.watcher.record;

import java.io.IOException;

/** The state directory cannot be used; the message says which, why, and what to do. */
public final class StateDirectoryException extends IOException {
  private static final long serialVersionUID = 1;

  StateDirectoryException(String message) {
    super(message);
  }

  StateDirectoryException(String message, IOException cause) {
    super(message, cause);
  }
}
