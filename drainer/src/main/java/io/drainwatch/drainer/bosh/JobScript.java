package io.drainwatch.drainer.bosh;

import java.time.Duration;
import java.util.Optional;

/** One job's script, run to its end. */
interface JobScript {

  String job();

  /** Runs it, on the caller's thread. */
  JobResult run();

  /**
   * Cancels it, now or as soon as it is run; returns at once.
   *
   * @return why it cannot be cancelled; empty when it can
   */
  Optional<String> cancel();

  /**
   * Ends it even if it cannot be cancelled; returns at once.
   *
   * @param grace between SIGTERM and SIGKILL
   */
  void end(Duration grace);
}
