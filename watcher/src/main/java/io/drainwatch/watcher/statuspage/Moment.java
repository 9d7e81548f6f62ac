package io.drainwatch.watcher.statuspage;

import io.drainwatch.watcher.pages.ShownTime;
import java.time.Instant;

/** A moment as {@code <time datetime="{{iso}}">{{text}}</time>}, partial {@code moment}. */
record Moment(String iso, String text, long millis) {
  static Moment of(Instant at) {
    return new Moment(at.toString(), ShownTime.moment(at), at.toEpochMilli());
  }

  /** Without the day. */
  static Moment clock(Instant at) {
    return new Moment(at.toString(), ShownTime.clock(at), at.toEpochMilli());
  }
}
