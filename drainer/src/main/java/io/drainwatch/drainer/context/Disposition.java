package io.drainwatch.drainer.context;

import java.util.Locale;

/** What becomes of the VM, in one word: {@code $2} of a native script. */
public enum Disposition {
  /** Comes back on another host or as a new VM; local state is gone. */
  RECREATED,
  /** Everything else. */
  STOPPED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
