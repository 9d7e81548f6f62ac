package io.drainwatch.drainer.model;

import java.time.Duration;

/**
 * How a pod behaves on its Node.
 *
 * @param stops how long it needs after it was told; it is killed when its grace is over
 * @param stuck not even killing helps (a runtime that hangs)
 * @param starts from being bound to running
 * @param getsReady false: crashes for ever
 */
public record PodConduct(Duration stops, boolean stuck, Duration starts, boolean getsReady) {
  public static final PodConduct PROMPT =
      new PodConduct(Duration.ZERO, false, Duration.ofSeconds(2), true);

  public PodConduct stopsIn(Duration time) {
    return new PodConduct(time, stuck, starts, getsReady);
  }

  public PodConduct neverGone() {
    return new PodConduct(stops, true, starts, getsReady);
  }

  public PodConduct startsIn(Duration time) {
    return new PodConduct(stops, stuck, time, getsReady);
  }

  public PodConduct neverReady() {
    return new PodConduct(stops, stuck, starts, false);
  }
}
