package io.drainwatch.watcher.rehearsal;

import java.time.Duration;
import java.util.Optional;

/** Where a rehearsal is told: a terminal, a pipe, JSON lines. Called by several threads in turn. */
public interface Timeline {
  void begin(String headline);

  void add(TimelineEntry entry);

  /** Time passed; only a terminal shows it. */
  default void tick(Duration at, Optional<Duration> left, String state) {}

  void end(Verdict verdict);
}
