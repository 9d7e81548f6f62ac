package io.drainwatch.drainer.scripts;

import java.util.List;

/**
 * Sends signals to processes and process groups by {@code kill(2)}: a group gets it at once, none
 * forked meanwhile is missed, and no new process is needed, which a script that has used up the
 * process limit would not leave us. A seam: tests have processes that nothing kills.
 */
class Signals {

  /** The two we send. */
  enum Signal {
    TERM(15),
    KILL(9);

    private final int number;

    Signal(int number) {
      this.number = number;
    }
  }

  /**
   * @param members alive in it now: without one the number may be another group's already
   */
  void toGroup(long group, List<ProcessStat> members, Signal signal) {
    if (!members.isEmpty() && group > 1) { // kill(-1) would reach every process there is
      boolean unused = SystemCalls.kill(-group, signal.number);
    }
  }

  /** Zombies count, and processes that we may not signal: there may be nobody alive in it. */
  boolean isThereGroup(long group) {
    return SystemCalls.isThereGroup(group);
  }

  void toProcess(ProcessStat process, Signal signal) {
    if (process.pid() > 1) {
      boolean unused = SystemCalls.kill(process.pid(), signal.number);
    }
  }
}
