package io.drainwatch.watcher.rehearsal;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of the timeline.
 *
 * @param at since the rehearsal began
 * @param left until the drain must be over; empty when there is no deadline (any more)
 */
public record TimelineEntry(Duration at, Optional<Duration> left, Kind kind, String text) {

  /** What a line is about. */
  public enum Kind {
    PLATFORM("platform"),
    STATE("state"),
    HOOK("hook"),
    OUTPUT("output"),
    ACKNOWLEDGE("acknowledge"),
    NOTICE("notice");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
