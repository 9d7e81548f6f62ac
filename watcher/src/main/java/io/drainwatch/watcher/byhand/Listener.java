package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.Hook;
import java.nio.file.Path;
import java.time.Duration;

/** Hears of everything as it happens, to print it. Called from several threads. */
public interface Listener {
  /** The script counts as failed without a call: refused, or there was no time left for it. */
  void notCalled(Hook hook, String script, Path path, String why);

  void begins(Call call);

  void printed(Call call, Call.OutputLine line);

  void ended(Call.Answer answer);

  /**
   * A drain has asked for a wait.
   *
   * @param here how long it lasts by hand
   */
  void waits(Call call, Duration asked, Duration here);

  /** The wait it asked for took it past the deadline, or was cut short: it failed after all. */
  void failedLater(Call call, String why);
}
