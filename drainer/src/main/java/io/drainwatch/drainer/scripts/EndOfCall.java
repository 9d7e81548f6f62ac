package io.drainwatch.drainer.scripts;

/** When a call that nobody ended is over. */
public enum EndOfCall {
  /** The script itself has exited; what it left running is logged and left alone. */
  SCRIPT_EXITED,
  /** The script has exited and nothing of its process group is left (drain-scripts.md 3.3, 3). */
  GROUP_EMPTY
}
