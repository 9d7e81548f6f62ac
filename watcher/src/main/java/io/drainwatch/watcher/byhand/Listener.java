package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookEntry;

/** Hears of everything as it happens, to print it. */
public interface Listener {
  /** The script is one that the daemon would refuse to run. */
  void refused(Hook hook, HookEntry entry);

  void begins(Call call);

  /** From two threads at a time, one for each stream. */
  void printed(Call call, Call.OutputLine line);

  void ended(Call.Answer answer);
}
