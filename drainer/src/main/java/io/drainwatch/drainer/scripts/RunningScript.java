package io.drainwatch.drainer.scripts;

import java.time.Duration;
import java.util.OptionalLong;

/** A call under way. Safe for use by several threads. */
public interface RunningScript {

  /** Of the script, and of its process group; empty when it could not be started. */
  OptionalLong pid();

  /**
   * Ends the script and everything in its process group: SIGTERM, after the grace SIGKILL, then up
   * to 10 s for the group to vanish. Returns at once; the outcome is reported as {@code Ended},
   * whatever the script returned.
   *
   * <p>May be called again: a grace that ends earlier shortens the one that runs, a later one
   * changes nothing. Does nothing once the outcome has been reported.
   */
  void end(Duration grace);
}
