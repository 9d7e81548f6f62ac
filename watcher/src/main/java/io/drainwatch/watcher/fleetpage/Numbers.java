package io.drainwatch.watcher.fleetpage;

import java.util.Locale;

/** Numbers for people, the same wherever the process runs. */
final class Numbers {
  private Numbers() {}

  /** {@code 5,000}. */
  static String of(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
