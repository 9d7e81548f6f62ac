package io.drainwatch.drainer.desk;

import java.time.Instant;

/** Where work is done; virtual time in tests. */
public interface Desk {
  /** Soon, maybe beside other work. Returns at once. */
  void run(Runnable work);

  /** At that moment or earlier, never later by more than a moment: whoever is woken looks again. */
  void at(Instant moment, Runnable work);
}
